package dev.sluice.enricher.useragent;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * A condition on every match of an expression: it holds one of these literals, each at its place.
 *
 * @param anyCase whether the case of letters does not matter; the literals are {@linkplain
 *     LiteralAutomaton#fold folded} then
 * @param literals in the order of their texts, each text once
 */
record Clause(boolean anyCase, List<Literal> literals) {
  /** Starts of a match that a literal may leave open, beyond the first. */
  private static final int MAX_STARTS = 64;

  /**
   * A text and where in a match it stands.
   *
   * @param text printable ASCII, not empty
   * @param before what stands between the start of the match and the literal
   */
  record Literal(String text, Extent before) {}

  /** One clause of all these literals; one that comes twice may stand at both places. */
  static Clause of(boolean anyCase, Collection<Literal> literals) {
    var byText = new TreeMap<String, Literal>();
    for (Literal literal : literals) {
      byText.merge(
          literal.text(),
          literal,
          (one, other) -> new Literal(one.text(), one.before().or(other.before())));
    }
    return new Clause(anyCase, List.copyOf(byText.values()));
  }

  /** The same when something else stands before. */
  Clause behind(Extent more) {
    return new Clause(
        anyCase,
        literals.stream()
            .map(literal -> new Literal(literal.text(), more.then(literal.before())))
            .toList());
  }

  /** The same in any case, unless that would leave about as many literals. */
  Clause foldedIfSmaller() {
    var folded = new ArrayList<Literal>();
    for (Literal literal : literals) {
      folded.add(new Literal(LiteralAutomaton.fold(literal.text()), literal.before()));
    }
    Clause clause = of(true, folded);
    return clause.literals.size() * 2 <= literals.size() ? clause : this;
  }

  /** Whether each literal tells where the match starts, more or less. */
  boolean tellsStart() {
    return literals.stream().allMatch(literal -> tellsStart(literal.before()));
  }

  static boolean tellsStart(Extent before) {
    return before.max() - before.min() <= MAX_STARTS;
  }
}
