package dev.sluice.samples;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A slow and obvious reading of Common and Combined lines, one char a byte. It is lenient: users
 * have spaces, a status is any three digits.
 */
final class LineOracle {
  private static final String QUOTED = "\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"";
  private static final Pattern LINE =
      Pattern.compile(
          "(\\S+) (\\S+) (.+?) \\[([^\\]]+)\\] "
              + QUOTED
              + " (\\d\\d\\d) (\\d+|-)(?: "
              + QUOTED
              + " "
              + QUOTED
              + ")?\\r?");
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH);

  record Entry(
      String host,
      String user,
      OffsetDateTime timestamp,
      String request,
      int status,
      String bytes,
      String referer,
      String agent) {}

  private LineOracle() {}

  static Optional<Entry> parse(byte[] line) {
    Matcher matcher = LINE.matcher(new String(line, StandardCharsets.ISO_8859_1));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      var timestamp = OffsetDateTime.parse(matcher.group(4), TIMESTAMP);
      return Optional.of(
          new Entry(
              matcher.group(1),
              matcher.group(3),
              timestamp,
              matcher.group(5),
              Integer.parseInt(matcher.group(6)),
              matcher.group(7),
              matcher.group(8),
              matcher.group(9)));
    } catch (java.time.DateTimeException badTimestamp) {
      return Optional.empty();
    }
  }
}
