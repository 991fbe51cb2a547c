package dev.sluice.enricher.format;

import dev.sluice.enricher.OutputBuffer;

/**
 * The moment that a logged timestamp names, whatever the machine's language: {@code
 * dd/MMM/yyyy:HH:mm:ss} (also with a space before the hour) or {@code yyyy-MM-dd'T'HH:mm:ss} (also
 * with a space for the T), perhaps with a fraction, and then an offset: {@code +zzzz}, {@code
 * +zz:zz} or {@code Z}. Other texts name no moment to us: most leave out the offset.
 *
 * <p>A leap second, 60, is taken for second 59 of its minute, as {@code java.time} does: few
 * readers take a 60, and so no moment is later than the minute after it. A view, used again for the
 * next line; not thread-safe.
 */
public final class EventTime {
  private static final int MILLIS_DIGITS = 3;
  private static final int NO_FRACTION = -1;
  private static final int MAX_OFFSET_MINUTES = 18 * 60; // as java.time
  private static final int LAST_SECOND = 59;

  private byte[] text;
  private int at;
  private int to;
  private boolean fits;

  private int year;
  private int month; // 1 to 12
  private int day;
  private int hour;
  private int minute;
  private int second;
  private int millis;
  private int offsetMinutes;

  /** Reads the text from {@code from} (in) to {@code end} (out); false when it names no moment. */
  public boolean read(byte[] newText, int from, int end) {
    text = newText;
    at = from;
    to = end;
    fits = true;
    if (end - from > 2 && text[from + 2] == '/') {
      readDayFirst();
    } else {
      readYearFirst();
    }
    hour = digits(2);
    mark(':');
    minute = digits(2);
    mark(':');
    second = digits(2);
    millis = fraction();
    offsetMinutes = offset();
    return fits && at == to && exists();
  }

  private void readDayFirst() {
    day = digits(2);
    mark('/');
    month = to - at < 3 ? 0 : ClfTimestamp.month(text, at) + 1;
    at += 3;
    mark('/');
    year = digits(4);
    either(':', ' ');
  }

  private void readYearFirst() {
    year = digits(4);
    mark('-');
    month = digits(2);
    mark('-');
    day = digits(2);
    either('T', ' ');
  }

  private int digits(int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
      int digit = next() - '0';
      fits &= digit >= 0 && digit <= 9;
      value = value * 10 + digit;
    }
    return value;
  }

  private int next() {
    return at < to ? text[at++] : end();
  }

  /** A byte that fits nowhere. */
  private int end() {
    fits = false;
    return 0;
  }

  private void mark(char wanted) {
    fits &= next() == wanted;
  }

  private void either(char one, char other) {
    int b = next();
    fits &= b == one || b == other;
  }

  /** Milliseconds, further digits cut off, or {@link #NO_FRACTION}. */
  private int fraction() {
    if (at >= to || (text[at] != '.' && text[at] != ',')) {
      return NO_FRACTION;
    }
    at++;
    int start = at;
    int value = 0;
    while (at < to && text[at] >= '0' && text[at] <= '9') {
      value = at - start < MILLIS_DIGITS ? value * 10 + text[at] - '0' : value;
      at++;
    }
    fits &= at > start;
    for (int i = at - start; i < MILLIS_DIGITS; i++) {
      value *= 10;
    }
    return value;
  }

  private int offset() {
    if (at < to && text[at] == ' ') {
      at++;
    }
    int sign = next();
    if (sign == 'Z') {
      return 0;
    }
    int hours = digits(2);
    if (at < to && text[at] == ':') {
      at++;
    }
    int minutes = digits(2);
    fits &= (sign == '+' || sign == '-') && minutes < 60;
    int all = hours * 60 + minutes;
    return sign == '-' ? -all : all;
  }

  private boolean exists() {
    return month >= 1
        && month <= 12
        && day >= 1
        && day <= ClfTimestamp.daysOf(year, month - 1)
        && hour < 24
        && minute < 60
        && second <= LAST_SECOND + 1
        && Math.abs(offsetMinutes) <= MAX_OFFSET_MINUTES;
  }

  /** Milliseconds since 1970-01-01T00:00:00Z. */
  public long epochMillis() {
    long minutes = (daysSinceEpoch() * 24 + hour) * 60 + minute - offsetMinutes;
    return (minutes * 60 + Math.min(second, LAST_SECOND)) * 1000 + Math.max(millis, 0);
  }

  /** Counts years from March on, so that the leap day is the last of its year. */
  private long daysSinceEpoch() {
    int shifted = month > 2 ? year : year - 1;
    int monthsSinceMarch = (month + 9) % 12;
    long days = 365L * shifted + shifted / 4 - shifted / 100 + shifted / 400;
    if (shifted < 0) { // January or February of year 0
      days = -366;
    }
    return days + (153 * monthsSinceMarch + 2) / 5 + day - 1 - 719_468;
  }

  /**
   * Appends {@code 2025-10-28T10:15:30+01:00}, the offset as logged; with three digits after a
   * point where a fraction was logged.
   */
  public void appendIso(OutputBuffer out) {
    appendDigits(year, 4, out);
    out.append((byte) '-');
    appendDigits(month, 2, out);
    out.append((byte) '-');
    appendDigits(day, 2, out);
    out.append((byte) 'T');
    appendDigits(hour, 2, out);
    out.append((byte) ':');
    appendDigits(minute, 2, out);
    out.append((byte) ':');
    appendDigits(Math.min(second, LAST_SECOND), 2, out);
    if (millis != NO_FRACTION) {
      out.append((byte) '.');
      appendDigits(millis, MILLIS_DIGITS, out);
    }
    out.append((byte) (offsetMinutes < 0 ? '-' : '+'));
    appendDigits(Math.abs(offsetMinutes) / 60, 2, out);
    out.append((byte) ':');
    appendDigits(Math.abs(offsetMinutes) % 60, 2, out);
  }

  private static void appendDigits(int value, int count, OutputBuffer out) {
    int power = 1;
    for (int i = 1; i < count; i++) {
      power *= 10;
    }
    for (; power > 0; power /= 10) {
      out.append((byte) ('0' + value / power % 10));
    }
  }
}
