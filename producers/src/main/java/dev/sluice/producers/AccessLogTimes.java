package dev.sluice.producers;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * The times of an access log in one of httpd's and nginx's own formats: {@code
 * [10/Oct/2000:13:55:36 -0700]}, to the second (httpd, mod_log_config, {@code %t}).
 */
public final class AccessLogTimes implements LineTimes {
  private static final DateTimeFormatter CLF =
      DateTimeFormatter.ofPattern("dd/MMM/uuuu:HH:mm:ss Z", Locale.ENGLISH);

  /** {@code 10/Oct/2000:13:55:36 -0700}. */
  private static final int CHARACTERS = 26;

  /** Brackets that are looked at: one may stand in a virtual host or a user's name before. */
  private static final int MAX_BRACKETS = 4;

  @Override
  public OptionalLong timeOf(byte[] line, int length) {
    int brackets = 0;
    for (int at = 0; at + CHARACTERS + 1 < length && brackets < MAX_BRACKETS; at++) {
      if (line[at] == '[') {
        brackets++;
        if (line[at + CHARACTERS + 1] == ']') {
          OptionalLong time = parse(line, at + 1);
          if (time.isPresent()) {
            return time;
          }
        }
      }
    }
    return OptionalLong.empty();
  }

  private static OptionalLong parse(byte[] line, int from) {
    String text = new String(line, from, CHARACTERS, StandardCharsets.ISO_8859_1);
    try {
      return OptionalLong.of(OffsetDateTime.parse(text, CLF).toInstant().toEpochMilli());
    } catch (DateTimeParseException noTime) {
      return OptionalLong.empty();
    }
  }
}
