package dev.sluice.enricher.format;

/**
 * The timestamp of the common log format, {@code dd/MMM/yyyy:HH:mm:ss +zzzz}, with English month
 * names whatever the machine says.
 */
public final class ClfTimestamp {
  /** One character a byte: 9 for a digit, A for an upper-case and a for a lower-case letter. */
  private static final String SHAPE = "99/Aaa/9999:99:99:99 S9999";

  /** Bytes of a timestamp. */
  public static final int LENGTH = SHAPE.length();

  /** The shape as a regular expression. */
  static final String REGEX = "\\d\\d/[A-Z][a-z][a-z]/\\d{4}:\\d\\d:\\d\\d:\\d\\d [+-]\\d{4}";

  private static final int[] MONTH_DAYS = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  private static final int MONTH = 3;
  private static final int YEAR = 7;
  private static final int HOUR = 12;
  private static final int MINUTE = 15;
  private static final int SECOND = 18;
  private static final int ZONE = 21;

  /** The largest offset that {@code java.time} knows: 18 hours. */
  private static final int MAX_ZONE_MINUTES = 18 * 60;

  private ClfTimestamp() {}

  /**
   * Index of the first byte that breaks the shape; {@code to} when the text ends before it does.
   */
  static int shapeEnd(byte[] text, int from, int to) {
    int i = 0;
    while (i < LENGTH && from + i < to && fits(text[from + i], SHAPE.charAt(i))) {
      i++;
    }
    return from + i;
  }

  /**
   * Whether a timestamp that some format accepted is of the common log format: other formats put
   * other marks in its places.
   */
  static boolean hasItsMarks(byte[] text, int from, int to) {
    return to - from == LENGTH
        && text[from + MONTH - 1] == '/'
        && text[from + YEAR - 1] == '/'
        && text[from + HOUR - 1] == ':'
        && text[from + ZONE - 1] == ' ';
  }

  private static boolean fits(byte b, char shape) {
    return switch (shape) {
      case '9' -> b >= '0' && b <= '9';
      case 'A' -> b >= 'A' && b <= 'Z';
      case 'a' -> b >= 'a' && b <= 'z';
      case 'S' -> b == '+' || b == '-';
      default -> b == shape;
    };
  }

  /**
   * Index of the first part that names no moment, or -1 when all do. Second 60 is allowed at any
   * minute: Apache writes what strftime says, and zones move the leap second around the clock.
   *
   * @param from start of {@value #LENGTH} bytes of the right shape
   */
  static int firstImpossible(byte[] text, int from) {
    int month = month(text, from + MONTH);
    if (month < 0) {
      return from + MONTH;
    }
    int day = twoDigits(text, from);
    int year = twoDigits(text, from + YEAR) * 100 + twoDigits(text, from + YEAR + 2);
    if (day < 1 || day > daysOf(year, month)) {
      return from;
    }
    if (twoDigits(text, from + HOUR) > 23) {
      return from + HOUR;
    }
    if (twoDigits(text, from + MINUTE) > 59) {
      return from + MINUTE;
    }
    if (twoDigits(text, from + SECOND) > 60) {
      return from + SECOND;
    }
    int zoneMinutes = twoDigits(text, from + ZONE + 3);
    boolean zoneExists =
        zoneMinutes < 60 && twoDigits(text, from + ZONE + 1) * 60 + zoneMinutes <= MAX_ZONE_MINUTES;
    return zoneExists ? -1 : from + ZONE;
  }

  /** 0 for January, or -1. */
  static int month(byte[] text, int from) {
    return switch (text[from] << 16 | text[from + 1] << 8 | text[from + 2]) {
      case 'J' << 16 | 'a' << 8 | 'n' -> 0;
      case 'F' << 16 | 'e' << 8 | 'b' -> 1;
      case 'M' << 16 | 'a' << 8 | 'r' -> 2;
      case 'A' << 16 | 'p' << 8 | 'r' -> 3;
      case 'M' << 16 | 'a' << 8 | 'y' -> 4;
      case 'J' << 16 | 'u' << 8 | 'n' -> 5;
      case 'J' << 16 | 'u' << 8 | 'l' -> 6;
      case 'A' << 16 | 'u' << 8 | 'g' -> 7;
      case 'S' << 16 | 'e' << 8 | 'p' -> 8;
      case 'O' << 16 | 'c' << 8 | 't' -> 9;
      case 'N' << 16 | 'o' << 8 | 'v' -> 10;
      case 'D' << 16 | 'e' << 8 | 'c' -> 11;
      default -> -1;
    };
  }

  /** Days of a month; {@code month} is 0 for January. */
  static int daysOf(int year, int month) {
    return month == 1 && !isLeap(year) ? 28 : MONTH_DAYS[month];
  }

  private static boolean isLeap(int year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  }

  private static int twoDigits(byte[] text, int from) {
    return (text[from] - '0') * 10 + text[from + 1] - '0';
  }
}
