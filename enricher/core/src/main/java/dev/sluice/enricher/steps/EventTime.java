package dev.sluice.enricher.steps;

import dev.sluice.enricher.format.AccessLogLine;
import dev.sluice.enricher.format.Field;

/** When a request was received, by the timestamp of its line. */
final class EventTime {
  /** Answer for a line that has no timestamp of the common log format. */
  static final long UNKNOWN = Long.MIN_VALUE;

  private static final int LENGTH = 26;
  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
  private static final long DAY_SECONDS = 86_400;

  private EventTime() {}

  /** Seconds since 1970, UTC. */
  static long epochSeconds(AccessLogLine line) {
    int from = line.from(Field.TIMESTAMP);
    byte[] text = line.buffer();
    if (from < 0
        || line.to(Field.TIMESTAMP) - from != LENGTH
        || text[from + 2] != '/'
        || text[from + 6] != '/'
        || text[from + 20] != ' ') {
      return UNKNOWN;
    }
    int year = twoDigits(text, from + 7) * 100 + twoDigits(text, from + 9);
    long days = epochDay(year, month(text, from + 3), twoDigits(text, from));
    int seconds =
        (twoDigits(text, from + 12) * 60 + twoDigits(text, from + 15)) * 60
            + twoDigits(text, from + 18);
    int zone = (twoDigits(text, from + 22) * 60 + twoDigits(text, from + 24)) * 60;
    return days * DAY_SECONDS + seconds - (text[from + 21] == '-' ? -zone : zone);
  }

  /** 1 for January. */
  private static int month(byte[] text, int from) {
    for (int month = 0; month < 12; month++) {
      if (text[from] == MONTHS.charAt(3 * month)
          && text[from + 1] == MONTHS.charAt(3 * month + 1)
          && text[from + 2] == MONTHS.charAt(3 * month + 2)) {
        return month + 1;
      }
    }
    return 1;
  }

  /**
   * Days since 1970 in the Gregorian calendar; years begin in March, so that leap days come last.
   */
  private static long epochDay(int year, int month, int day) {
    long y = month <= 2 ? year - 1L : year;
    long era = Math.floorDiv(y, 400L);
    long yearOfEra = y - era * 400;
    long dayOfYear = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097 + dayOfEra - 719_468;
  }

  private static int twoDigits(byte[] text, int from) {
    return (text[from] - '0') * 10 + text[from + 1] - '0';
  }
}
