package dev.sluice.enricher.format;

import dev.sluice.enricher.bytes.Words;

/**
 * The hour and the zone of the last timestamp that named a moment: most lines of a log share them
 * with the line before, and then only minute and second need a look. Not thread-safe.
 */
final class TimestampMemory {
  private static final int HOUR = 8;
  private static final int MINUTE = 16;
  private static final int SECOND = 19;
  private static final int ZONE = TimestampWords.LENGTH - Words.BYTES;

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
        && Words.at(text, i) == date
        && Words.at(text, i + HOUR) == yearAndHour
        && Words.at(text, i + ZONE) == zone
        && TimestampWords.fitsMinutes(Words.at(text, i + MINUTE))
        && text[i + MINUTE] <= '5'
        && (text[i + SECOND] <= '5' || (text[i + SECOND] == '6' && text[i + SECOND + 1] == '0'));
  }

  /** Takes a timestamp that stands at a bracket, and of which all parts are possible. */
  void remember(byte[] text, int i) {
    date = Words.at(text, i);
    yearAndHour = Words.at(text, i + HOUR);
    zone = Words.at(text, i + ZONE);
  }
}
