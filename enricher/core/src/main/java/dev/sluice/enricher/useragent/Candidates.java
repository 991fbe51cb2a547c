package dev.sluice.enricher.useragent;

import java.util.function.BiFunction;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;

/** The expressions that may match one text, in their order. */
final class Candidates {
  private final Prefilter expressions;
  private final int[] ends;
  private final String text;
  private final LiteralHits hits;
  private final long[] bits;

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

  /**
   * The first answer that an expression of this kind gives with its first match, or null.
   *
   * @param answer may say null, and then the next expression is asked
   */
  <T> T first(ExpressionKind kind, BiFunction<Expression, MatchResult, T> answer) {
    int end = ends[kind.ordinal()];
    for (int i = next(begin(kind), end); i < end; i = next(i + 1, end)) {
      PreparedPattern pattern = expressions.pattern(i);
      Matcher match = pattern.match(text, hits);
      T said = match == null ? null : answer.apply(pattern.expression(), match);
      if (said != null) {
        return said;
      }
    }
    return null;
  }

  boolean has(DeviceTypes.Mark mark) {
    int i = begin(ExpressionKind.MARK) + mark.ordinal();
    return next(i, i + 1) == i && expressions.pattern(i).match(text, hits) != null;
  }

  private int begin(ExpressionKind kind) {
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
