package dev.sluice.firehose.partition;

import dev.sluice.enricher.EnrichedLine;
import dev.sluice.enricher.bytes.ByteSearch;
import dev.sluice.enricher.format.AccessLogLine;
import dev.sluice.enricher.format.EventTime;
import dev.sluice.enricher.format.Field;
import dev.sluice.enricher.page.PageName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Locale;

/**
 * The values of one line, fit for an object key: letters, digits, dots, dashes; anything else is an
 * underscore. Not thread-safe.
 */
final class PartitionValues {
  /** Value of a key that the line does not tell. */
  static final String UNKNOWN = "unknown";

  /** Longest value, in characters. */
  static final int MAX_CHARS = 64;

  /** How the profiles begin the country's name: {@code flat}, then {@code ecs}. */
  private static final byte[][] COUNTRY_KEYS = {
    ascii(",\"country\":\""), ascii("\"country_name\":\"")
  };

  private final ZoneId zone;
  private final EventTime time = new EventTime();

  PartitionValues(ZoneId zone) {
    this.zone = zone;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  String of(PartitionKey key, EnrichedLine line) {
    return switch (key) {
      case COUNTRY -> country(line.place());
      case DATE -> date(line.fields());
      case HOUR -> hour(line.fields());
      case STATUS_CLASS -> statusClass(line.fields());
      case PAGE -> page(line.webpage());
    };
  }

  private static String country(byte[] place) {
    for (byte[] key : COUNTRY_KEYS) {
      int from = after(place, key);
      if (from >= 0) {
        return fit(place, from, ByteSearch.indexOf('"', place, from, place.length));
      }
    }
    return UNKNOWN;
  }

  private static int after(byte[] text, byte[] key) {
    for (int i = 0; i <= text.length - key.length; i++) {
      int matched = 0;
      while (matched < key.length && text[i + matched] == key[matched]) {
        matched++;
      }
      if (matched == key.length) {
        return i + matched;
      }
    }
    return -1;
  }

  private String date(AccessLogLine fields) {
    ZonedDateTime moment = moment(fields);
    return moment == null
        ? UNKNOWN
        : String.format(
            Locale.ROOT,
            "%04d-%02d-%02d",
            moment.getYear(),
            moment.getMonthValue(),
            moment.getDayOfMonth());
  }

  private String hour(AccessLogLine fields) {
    ZonedDateTime moment = moment(fields);
    return moment == null ? UNKNOWN : twoDigits(moment.getHour());
  }

  private static String twoDigits(int number) {
    return number < 10 ? "0" + number : Integer.toString(number);
  }

  /** When the request was received; null for a timestamp that names no moment. */
  private ZonedDateTime moment(AccessLogLine fields) {
    boolean known =
        fields.has(Field.TIMESTAMP)
            && time.read(fields.buffer(), fields.from(Field.TIMESTAMP), fields.to(Field.TIMESTAMP));
    return known ? Instant.ofEpochMilli(time.epochMillis()).atZone(zone) : null;
  }

  private static String statusClass(AccessLogLine fields) {
    if (!fields.has(Field.STATUS) || fields.isMissing(Field.STATUS)) {
      return UNKNOWN;
    }
    byte first = fields.buffer()[fields.from(Field.STATUS)];
    return first >= '1' && first <= '9' ? (char) first + "xx" : UNKNOWN;
  }

  private static String page(PageName page) {
    return page.isPresent() ? fit(page.buffer(), page.from(), page.to()) : UNKNOWN;
  }

  /** The text from {@code from} (in) to {@code to} (out), as it may stand in an object key. */
  private static String fit(byte[] text, int from, int to) {
    String value = new String(text, from, to - from, StandardCharsets.UTF_8);
    var fit = new StringBuilder(Math.min(value.length(), MAX_CHARS));
    boolean dotsOnly = true;
    for (int i = 0; i < value.length() && fit.length() < MAX_CHARS; i++) {
      char c = value.charAt(i);
      boolean fits = c < 0x80 && (Character.isLetterOrDigit(c) || c == '.' || c == '-');
      fit.append(fits ? c : '_');
      dotsOnly &= c == '.'; // a folder called . or .. is none
    }
    if (fit.isEmpty()) {
      return UNKNOWN;
    }
    return dotsOnly ? "_".repeat(fit.length()) : fit.toString();
  }
}
