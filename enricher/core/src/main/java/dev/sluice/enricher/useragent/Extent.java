package dev.sluice.enricher.useragent;

import dev.sluice.enricher.useragent.RegexNode.Chars;

/**
 * What texts of a part of an expression have in common.
 *
 * @param min chars of such a text, at least
 * @param max the same, at most; {@link RegexNode#UNBOUNDED} when not known
 * @param chars the only ones that such a text holds
 */
record Extent(int min, int max, Chars chars) {
  static final Extent EMPTY = new Extent(0, 0, Chars.NONE);
  static final Extent ANYTHING = new Extent(0, RegexNode.UNBOUNDED, Chars.ANY);

  /** Of a text of this extent and one of the other behind it. */
  Extent then(Extent next) {
    return new Extent(
        Math.min(RegexNode.UNBOUNDED, min + next.min),
        Math.min(RegexNode.UNBOUNDED, max + next.max),
        chars.or(next.chars));
  }

  /** Of a text of either extent. */
  Extent or(Extent other) {
    return new Extent(Math.min(min, other.min), Math.max(max, other.max), chars.or(other.chars));
  }

  Extent times(int minCount, int maxCount) {
    return new Extent(
        (int) Math.min(RegexNode.UNBOUNDED, (long) min * minCount),
        (int) Math.min(RegexNode.UNBOUNDED, (long) max * maxCount),
        chars);
  }
}
