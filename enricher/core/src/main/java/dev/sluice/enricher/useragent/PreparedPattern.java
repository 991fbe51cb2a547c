package dev.sluice.enricher.useragent;

import dev.sluice.enricher.useragent.NumberedExpression.Places;
import java.util.BitSet;
import java.util.regex.Matcher;

/** An expression behind its clauses. Compiles when first needed. Thread-safe. */
final class PreparedPattern {
  /** With more possible starts than this, a search from the first one is cheaper. */
  private static final int MAX_STARTS = 64;

  private final NumberedExpression needed;
  private final LazyPattern whole;

  /** Null for an expression without. */
  private final Lead lead;

  private final LazyPattern rest;

  /** The clause that tells where a match starts, or null. */
  private final Places startClause;

  PreparedPattern(NumberedExpression needed) {
    this.needed = needed;
    Expression expression = needed.expression();
    whole = new LazyPattern(expression, expression.regex());
    if (needed.lead()) {
      lead = Lead.of(expression.regex()).orElseThrow();
      rest = new LazyPattern(expression, lead.rest());
      startClause = needed.clauses().get(0);
    } else {
      lead = null;
      rest = null;
      startClause = firstThatTellsStart();
    }
  }

  private Places firstThatTellsStart() {
    for (Places clause : needed.clauses()) {
      if (clause.tellStart()) {
        return clause;
      }
    }
    return null;
  }

  Expression expression() {
    return needed.expression();
  }

  /**
   * The first match in the text, as {@code Matcher.find} finds it, or null. Of a match behind a
   * {@link Lead} only the groups count: it begins where the rest does.
   */
  Matcher match(String text, LiteralHits hits) {
    for (Places clause : needed.clauses()) {
      if (!hits.hasAny(clause.literals())) {
        return null;
      }
    }
    if (lead != null) {
      int last = lead.lastStart(text);
      if (last >= 0) {
        return matchRest(starts(text, hits), last, text);
      }
    } else if (startClause != null) {
      return matchWhole(starts(text, hits), text);
    }
    Matcher matcher = whole.get().matcher(text);
    return (needed.atStart() ? matcher.lookingAt() : matcher.find()) ? matcher : null;
  }

  /** Where a match can start, by the places of the literals that it holds. */
  private BitSet starts(String text, LiteralHits hits) {
    var starts = new BitSet();
    int[] literals = startClause.literals();
    for (int i = 0; i < literals.length; i++) {
      if (hits.has(literals[i])) {
        for (int hit = 0; hit < hits.count(); hit++) {
          if (hits.literal(hit) == literals[i]) {
            addStarts(starts, text, hits.start(hit), startClause.before()[i]);
          }
        }
      }
    }
    return starts;
  }

  /** The starts from which a match can reach a literal over what stands before it. */
  private static void addStarts(BitSet starts, String text, int literal, Extent before) {
    int last = literal - before.min();
    int first = literal;
    int least = Math.max(0, literal - before.max());
    while (first > least && before.chars().contains(text.charAt(first - 1))) {
      first--;
    }
    if (first <= last) {
      starts.set(first, last + 1);
    }
  }

  private Matcher matchWhole(BitSet starts, String text) {
    if (needed.atStart()) {
      return starts.get(0) ? matched(whole.get().matcher(text)) : null;
    }
    int start = starts.nextSetBit(0);
    if (start < 0) {
      return null;
    }
    Matcher matcher = unbounded(whole, text);
    if (starts.cardinality() > MAX_STARTS) {
      return matcher.region(start, text.length()).find() ? matcher : null;
    }
    for (; start >= 0; start = starts.nextSetBit(start + 1)) {
      if (matcher.region(start, text.length()).lookingAt()) {
        return matcher;
      }
    }
    return null;
  }

  /** The first of the starts for a lazy lead, the last for a greedy one. */
  private Matcher matchRest(BitSet starts, int last, String text) {
    int start = lead.lazy() ? starts.nextSetBit(0) : starts.previousSetBit(last);
    Matcher matcher = unbounded(rest, text);
    while (start >= 0 && start <= last) {
      if (matcher.region(start, text.length()).lookingAt()) {
        return matcher;
      }
      start = lead.lazy() ? starts.nextSetBit(start + 1) : starts.previousSetBit(start - 1);
    }
    return null;
  }

  private static Matcher matched(Matcher matcher) {
    return matcher.lookingAt() ? matcher : null;
  }

  /** Boundaries and look-behind see what stands before the region, as in a search. */
  private static Matcher unbounded(LazyPattern pattern, String text) {
    return pattern.get().matcher(text).useTransparentBounds(true).useAnchoringBounds(false);
  }
}
