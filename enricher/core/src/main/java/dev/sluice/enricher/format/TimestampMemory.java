package dev.sluice.enricher.format;

import dev.sluice.enricher.bytes.Words;

/**
 * The hour and the zone of the last timestamp that named a moment: most lines of a log share them
 * with the line before, and then only minute and second need a look. Not thread-safe.
 */
final class TimestampMemory {
  private static final int HOUR = 8;
  private static final int MINUTE = 16;
  private static final int ZONE = TimestampWords.LENGTH - Words.BYTES;

  /** Minute and second when 0 is taken for each digit; sign and zone behind them are not asked. */
  private static final long MINUTE_AND_SECOND = Words.ofText("00:00 \0\0");

  private static final long MINUTE_AND_SECOND_MASK = 0xFFFF_FFFF_FFFFL;

  /** What may be added to 59, to the colon and to the blank before a byte's highest bit is set. */
  private static final long ROOM = 0x7F76_7A7F_767AL;

  private static final long SECOND_MASK = 0xFF_FF00_0000L;
  private static final long LEAP_SECOND = Words.ofText("\0\0\00060\0\0\0");
  private static final long TEN_SECONDS = 1L << 3 * Byte.SIZE;

  // NUL, as they are at first, is in no timestamp.
  private long date;
  private long yearAndHour;
  private long zone;

  /**
   * Whether {@link TimestampWords#standAt} would say yes, and {@link ClfTimestamp#firstImpossible}
   * find nothing. False says nothing.
   *
   * @param i index of the bracket
   */
  boolean holdsAt(byte[] text, int i, int to) {
    return to - i >= TimestampWords.LENGTH
        && ((Words.at(text, i) ^ date)
                | (Words.at(text, i + HOUR) ^ yearAndHour)
                | (Words.at(text, i + ZONE) ^ zone))
            == 0
        && isMinuteAndSecond(Words.at(text, i + MINUTE));
  }

  /** Whether a minute, a second, the 60th of a leap second included, and a blank begin the word. */
  private static boolean isMinuteAndSecond(long word) {
    return isUsual(word)
        || ((word & SECOND_MASK) == LEAP_SECOND && isUsual(word - TEN_SECONDS)); // as the 50th
  }

  /** Whether 00:00 to 59:59 and a blank begin the word. */
  private static boolean isUsual(long word) {
    return Words.areWithin(word, MINUTE_AND_SECOND, MINUTE_AND_SECOND_MASK, ROOM);
  }

  /** Takes a timestamp that stands at a bracket, and of which all parts are possible. */
  void remember(byte[] text, int i) {
    date = Words.at(text, i);
    yearAndHour = Words.at(text, i + HOUR);
    zone = Words.at(text, i + ZONE);
  }
}
