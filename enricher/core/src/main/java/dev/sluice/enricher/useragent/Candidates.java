package dev.sluice.enricher.useragent;

import java.util.function.Predicate;
import java.util.regex.MatchResult;

/**
 * The expressions that may match one text, in their order; as a predicate, whether the text has a
 * mark. For one thread.
 */
final class Candidates implements Predicate<DeviceTypes.Mark> {
  private final Prefilter expressions;
  private final int[] ends;
  private final String text;
  private final LiteralHits hits;
  private final long[] bits;
  private int at;
  private int end;
  private PreparedPattern expression;
  private MatchResult match;

  /**
   * @param ends where the expressions of each kind end
   * @param bits one for each expression, set for the candidates
   */
  Candidates(Prefilter expressions, int[] ends, String text, LiteralHits hits, long[] bits) {
    this.expressions = expressions;
    this.ends = ends;
    this.text = text;
    this.hits = hits;
    this.bits = bits;
  }

  /** Turns to the expressions of a kind; {@link #next} leads to the first that matches. */
  void begin(ExpressionKind kind) {
    at = from(kind) - 1;
    end = ends[kind.ordinal()];
  }

  /** Goes on to the next expression of the kind that matches; false if there is none. */
  boolean next() {
    for (at = next(at + 1, end); at < end; at = next(at + 1, end)) {
      expression = expressions.pattern(at);
      match = expression.match(text, hits);
      if (match != null) {
        return true;
      }
    }
    return false;
  }

  /** The expression that matches. */
  Expression expression() {
    return expression.expression();
  }

  /** Its first match. */
  MatchResult match() {
    return match;
  }

  @Override
  public boolean test(DeviceTypes.Mark mark) {
    int i = from(ExpressionKind.MARK) + mark.ordinal();
    return next(i, i + 1) == i && expressions.pattern(i).match(text, hits) != null;
  }

  private int from(ExpressionKind kind) {
    return kind.ordinal() == 0 ? 0 : ends[kind.ordinal() - 1];
  }

  /** The first candidate at or behind {@code from}, or {@code end}. */
  private int next(int from, int end) {
    int word = from >>> 6;
    if (from >= end) {
      return end;
    }
    long rest = bits[word] >>> from << from;
    while (rest == 0 && ++word << 6 < end) {
      rest = bits[word];
    }
    return rest == 0 ? end : Math.min(end, (word << 6) + Long.numberOfTrailingZeros(rest));
  }
}
