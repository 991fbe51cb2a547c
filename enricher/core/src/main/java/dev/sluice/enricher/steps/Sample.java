package dev.sluice.enricher.steps;

import dev.sluice.enricher.LinePosition;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A share of all lines, the same lines whenever and wherever they are read. Each line has a number
 * from 0 up to 1 and belongs to every share that is larger than it. The number is the upper 53 bits
 * of the 64-bit FNV-1a hash over the name of the line's source and, as eight bytes with the highest
 * first, its number there, sent through the finaliser of MurmurHash3; of the bytes of the line
 * where nobody told its position.
 *
 * @param share from 0 to 1
 * @see <a href="http://www.isthe.com/chongo/tech/comp/fnv/">FNV</a>
 */
record Sample(double share) implements FilterCondition {
  private static final Pattern PERCENT = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,6})?)%");
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private static final long FNV_BASIS = 0xCBF29CE484222325L;
  private static final long FNV_PRIME = 0x100000001B3L;
  private static final int UNUSED_BITS = 11;
  private static final double UNIT = 0x1p-53;

  /**
   * Reads {@code 10%} or {@code 0.5%}.
   *
   * @throws IllegalArgumentException if the text is no percentage from 0 to 100
   */
  static Sample parse(String text) {
    Matcher matcher = PERCENT.matcher(text);
    if (matcher.matches() && new BigDecimal(matcher.group(1)).compareTo(HUNDRED) <= 0) {
      return new Sample(new BigDecimal(matcher.group(1)).divide(HUNDRED).doubleValue());
    }
    throw new IllegalArgumentException("\"" + text + "\" is no share from 0% to 100%");
  }

  boolean isAll() {
    return share >= 1;
  }

  @Override
  public boolean holds(FilterView line) {
    return number(line) < share;
  }

  private static double number(FilterView line) {
    LinePosition position = line.position();
    byte[] source = position.source();
    long hash =
        source.length == 0
            ? fnv1a(FNV_BASIS, line.lineBuffer(), line.lineFrom(), line.lineTo())
            : withNumber(fnv1a(FNV_BASIS, source, 0, source.length), position.line());
    return (finish(hash) >>> UNUSED_BITS) * UNIT;
  }

  private static long fnv1a(long start, byte[] bytes, int from, int to) {
    long hash = start;
    for (int i = from; i < to; i++) {
      hash = (hash ^ (bytes[i] & 0xFF)) * FNV_PRIME;
    }
    return hash;
  }

  private static long withNumber(long start, long number) {
    long hash = start;
    for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      hash = (hash ^ (number >>> shift & 0xFF)) * FNV_PRIME;
    }
    return hash;
  }

  /** A 64-bit hash of the bytes from {@code from} (in) to {@code to} (out). */
  static long hash(byte[] bytes, int from, int to) {
    return finish(fnv1a(FNV_BASIS, bytes, from, to));
  }

  /** FNV alone changes the upper bits too little where only the last bytes differ. */
  static long finish(long hash) {
    long h = (hash ^ hash >>> 33) * 0xFF51AFD7ED558CCDL;
    h = (h ^ h >>> 33) * 0xC4CEB9FE1A85EC53L;
    return h ^ h >>> 33;
  }
}
