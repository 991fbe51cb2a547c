package dev.sluice.enricher.useragent;

import dev.sluice.enricher.useragent.RegexNode.Anything;
import dev.sluice.enricher.useragent.RegexNode.Assertion;
import dev.sluice.enricher.useragent.RegexNode.Chars;
import dev.sluice.enricher.useragent.RegexNode.Choice;
import dev.sluice.enricher.useragent.RegexNode.Repeat;
import dev.sluice.enricher.useragent.RegexNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Finds the literals that every match of an expression holds. */
final class LiteralFinder {
  /** Characters of a set that are told apart; a larger one ends a literal. */
  private static final int MAX_SET = 10;

  /** Repetitions that are written out. */
  private static final int MAX_WRITTEN_OUT = 4;

  /**
   * What is known of a node.
   *
   * @param texts all texts that it matches, or null when they are too many
   * @param heads each text that it matches begins with one of these
   * @param clauses conditions on each match, apart from the one that {@code texts} makes
   * @param extent of each text that it matches
   */
  record Known(
      SortedSet<String> texts, SortedSet<String> heads, List<Clause> clauses, Extent extent) {

    static Known exactly(SortedSet<String> texts, Extent extent) {
      return new Known(texts, texts, List.of(), extent);
    }

    static Known vague(List<Clause> clauses, Extent extent) {
      return new Known(null, Literals.EMPTY, clauses, extent);
    }

    List<Clause> conditions() {
      if (texts == null) {
        return clauses;
      }
      return texts.contains("") ? List.of() : List.of(Literals.clause(texts, Extent.EMPTY));
    }
  }

  private final boolean anyCase;

  private LiteralFinder(boolean anyCase) {
    this.anyCase = anyCase;
  }

  /** What a text must have for the expression to match; it is one that Pattern accepts. */
  static Needs needs(Expression expression) {
    Optional<RegexReader.Tree> tree = RegexReader.read(expression.regex());
    if (tree.isEmpty()) {
      return Needs.NOTHING;
    }
    RegexNode root = tree.get().root();
    var finder = new LiteralFinder(expression.ignoreCase() || tree.get().caseFlag());
    if (root instanceof Sequence sequence
        && !expression.mayAskForWholeMatch()
        && Lead.of(expression.regex()).isPresent()) {
      List<RegexNode> parts = sequence.parts();
      List<Clause> rest = finder.clauses(new Sequence(parts.subList(2, parts.size())));
      if (!rest.isEmpty()) {
        return new Needs(true, true, rest);
      }
    }
    return new Needs(beginsText(root), false, finder.clauses(root));
  }

  private List<Clause> clauses(RegexNode node) {
    var all = new ArrayList<Clause>();
    for (Clause clause : known(node).conditions()) {
      all.add(anyCase ? new Clause(true, clause.literals()) : clause.foldedIfSmaller());
    }
    return Selectivity.best(all);
  }

  private static boolean beginsText(RegexNode node) {
    if (node instanceof Assertion assertion) {
      return assertion.beginOfText();
    }
    if (node instanceof Sequence sequence) {
      return !sequence.parts().isEmpty() && beginsText(sequence.parts().get(0));
    }
    return node instanceof Choice choice
        && choice.branches().stream().allMatch(LiteralFinder::beginsText);
  }

  private Known known(RegexNode node) {
    if (node instanceof Chars chars) {
      return ofChars(chars);
    }
    if (node instanceof Sequence sequence) {
      var concatenation = new Concatenation();
      sequence.parts().forEach(part -> concatenation.add(known(part)));
      return concatenation.known();
    }
    if (node instanceof Choice choice) {
      return ofChoice(choice.branches().stream().map(this::known).toList());
    }
    if (node instanceof Repeat repeat) {
      return ofRepeat(known(repeat.body()), repeat.min(), repeat.max());
    }
    return node instanceof Anything
        ? Known.vague(List.of(), Extent.ANYTHING)
        : Known.exactly(Literals.EMPTY, Extent.EMPTY);
  }

  private Known ofChars(Chars set) {
    Chars chars = anyCase ? set.inAnyCase() : set;
    if (chars.beyondAscii()) {
      return Known.vague(List.of(), new Extent(1, 2, chars)); // a code point may take two chars
    }
    var extent = new Extent(1, 1, chars);
    var texts = new TreeSet<String>();
    boolean printable = true;
    for (int c = 0; c < 128; c++) {
      if (chars.contains(c)) {
        texts.add(String.valueOf((char) (anyCase ? LiteralAutomaton.fold(c) : c)));
        printable &= c >= ' ' && c <= '~';
      }
    }
    boolean few = !texts.isEmpty() && texts.size() <= MAX_SET;
    return few && printable ? Known.exactly(texts, extent) : Known.vague(List.of(), extent);
  }

  private static Known ofChoice(List<Known> branches) {
    Extent extent = branches.stream().map(Known::extent).reduce(Extent::or).orElseThrow();
    var heads = new TreeSet<String>();
    branches.forEach(branch -> heads.addAll(branch.heads()));
    if (heads.size() > Literals.MAX_CHOICE) {
      return Known.vague(anyOf(branches), extent);
    }
    return branches.stream().allMatch(branch -> branch.texts() != null)
        ? Known.exactly(heads, extent)
        : new Known(null, heads.contains("") ? Literals.EMPTY : heads, anyOf(branches), extent);
  }

  /** One clause of the best clauses of all branches, if each has one. */
  private static List<Clause> anyOf(List<Known> branches) {
    var literals = new ArrayList<Clause.Literal>();
    for (Known branch : branches) {
      Optional<Clause> best = Selectivity.mostSelective(branch.conditions());
      if (best.isEmpty()) {
        return List.of();
      }
      literals.addAll(best.get().literals());
    }
    return literals.size() <= Literals.MAX_CHOICE ? List.of(Clause.of(false, literals)) : List.of();
  }

  private static Known ofRepeat(Known body, int minCount, int maxCount) {
    Extent extent = body.extent().times(minCount, maxCount);
    SortedSet<String> texts = writtenOut(body.texts(), minCount, maxCount);
    if (texts != null) {
      return Known.exactly(texts, extent);
    }
    return minCount == 0
        ? Known.vague(List.of(), extent)
        : new Known(null, body.heads(), body.conditions(), extent);
  }

  /** All texts of the repetition, or null if those are too many. */
  private static SortedSet<String> writtenOut(SortedSet<String> body, int minCount, int maxCount) {
    if (body == null || maxCount > MAX_WRITTEN_OUT) {
      return null;
    }
    var all = new TreeSet<String>();
    SortedSet<String> repeated = Literals.EMPTY;
    for (int count = 0; repeated != null; count++) {
      if (count >= minCount) {
        all.addAll(repeated);
      }
      if (count == maxCount) {
        return all;
      }
      repeated = Literals.combined(repeated, body);
    }
    return null;
  }
}
