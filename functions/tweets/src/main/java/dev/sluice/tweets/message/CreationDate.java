package dev.sluice.tweets.message;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads creation dates of both versions of the API. */
final class CreationDate {
  private static final List<String> MONTHS =
      List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

  /** {@code Oct 10 20:19:24 +0000 2018}: version 1.1, behind the day of the week. */
  private static final DateTimeFormatter VERSION_1 =
      new DateTimeFormatterBuilder()
          .appendText(ChronoField.MONTH_OF_YEAR, months())
          .appendPattern(" d HH:mm:ss xx uuuu")
          .toFormatter(Locale.ROOT);

  private static final int DAY_OF_WEEK = "Wed ".length();

  private CreationDate() {}

  private static Map<Long, String> months() {
    var months = new HashMap<Long, String>(); // English on every machine
    for (int i = 0; i < MONTHS.size(); i++) {
      months.put(i + 1L, MONTHS.get(i));
    }
    return months;
  }

  /** The instant in the words of ISO 8601, or empty when the date cannot be read. */
  static Optional<String> instant(String date) {
    try {
      if (date.length() > DAY_OF_WEEK && Character.isLetter(date.charAt(0))) {
        return Optional.of(
            OffsetDateTime.parse(date.substring(DAY_OF_WEEK), VERSION_1).toInstant().toString());
      }
      return Optional.of(Instant.parse(date).toString());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
