package dev.sluice.fanout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One value of a metric in one minute, by the names and in the texts that CloudWatch takes.
 *
 * @param dimensions in their order, the stream first
 */
public record MinuteMetric(
    String name, Map<String, String> dimensions, Instant minute, long count) {
  /** How old a minute may be: AWS's two weeks without an hour for retries. */
  public static final Duration MAX_AGE = Duration.ofDays(14).minusHours(1);

  /** How far ahead a minute may be (AWS: two hours). */
  public static final Duration MAX_AHEAD = Duration.ofHours(1);

  /** Characters of a dimension's value, of the 1,024 that AWS takes. */
  static final int MAX_DIMENSION_CHARS = 255;

  private static final int ESCAPED = 3;

  /** Whether CloudWatch takes a minute at this moment. */
  public static boolean isTaken(Instant minute, Instant now) {
    return !minute.isBefore(now.minus(MAX_AGE)) && !minute.isAfter(now.plus(MAX_AHEAD));
  }

  /**
   * All values of a minute.
   *
   * @param stream name of the stream
   */
  public static List<MinuteMetric> of(MinuteCounts minute, String stream) {
    var metrics = new ArrayList<MinuteMetric>();
    Map<String, String> all = Map.of("Stream", ascii(stream));
    metrics.add(new MinuteMetric("Requests", all, minute.start(), minute.requests()));
    if (minute.late() > 0) {
      metrics.add(new MinuteMetric("LateLines", all, minute.start(), minute.late()));
    }
    if (minute.ahead() > 0) {
      metrics.add(new MinuteMetric("AheadLines", all, minute.start(), minute.ahead()));
    }
    minute
        .byValue()
        .forEach(
            (dimension, counts) ->
                counts.forEach(
                    (text, count) -> {
                      var dimensions = new LinkedHashMap<>(all);
                      dimensions.put(name(dimension), ascii(text));
                      metrics.add(new MinuteMetric("Requests", dimensions, minute.start(), count));
                    }));
    return metrics;
  }

  private static String name(MinuteCounts.Dimension dimension) {
    return switch (dimension) {
      case STATUS_CLASS -> "StatusClass";
      case COUNTRY -> "Country";
      case PAGE -> "Page";
      case DEVICE -> "Device";
    };
  }

  /**
   * CloudWatch takes printable ASCII that is not blank and does not begin with a colon: all else is
   * percent-encoded UTF-8, cut at {@value #MAX_DIMENSION_CHARS} characters.
   */
  static String ascii(String text) {
    var ascii = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      boolean plain = b > ' ' && b < 0x7f && !(b == ':' && ascii.isEmpty());
      boolean inner = b == ' ' && !ascii.isEmpty();
      if (ascii.length() + (plain || inner ? 1 : ESCAPED) > MAX_DIMENSION_CHARS) {
        break;
      }
      if (plain || inner) {
        ascii.append((char) b);
      } else {
        ascii.append(String.format("%%%02X", b & 0xff));
      }
    }
    return ascii.isEmpty() ? MinuteCounts.UNKNOWN : ascii.toString();
  }
}
