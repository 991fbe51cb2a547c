package dev.sluice.web.live;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads Prometheus' text format 0.0.4 as far as samples go: {@code name{label="value"} 1.5}.
 * Comments and what cannot be read are left out.
 */
final class PrometheusText {

  /** A consumer of a thousand shards has a few thousand. */
  static final int MAX_SAMPLES = 10_000;

  private PrometheusText() {}

  /** One line. */
  record Sample(String name, Map<String, String> labels, double value) {

    String label(String wanted) {
      return labels.getOrDefault(wanted, "");
    }
  }

  static List<Sample> samples(String text) {
    var samples = new ArrayList<Sample>();
    var lines = text.lines().iterator();
    while (lines.hasNext() && samples.size() < MAX_SAMPLES) {
      sample(lines.next()).ifPresent(samples::add);
    }
    return samples;
  }

  private static Optional<Sample> sample(String line) {
    if (line.isEmpty() || !isStartOfName(line.charAt(0))) {
      return Optional.empty();
    }
    int brace = line.indexOf('{');
    int space = line.indexOf(' ');
    var labels = new LinkedHashMap<String, String>();
    int end = space;
    String name = line.substring(0, Math.max(0, space));
    if (brace > 0 && brace < space) {
      name = line.substring(0, brace);
      end = labels(line, brace + 1, labels);
    }
    if (end < 1 || end >= line.length()) {
      return Optional.empty();
    }
    try {
      // Behind the value a time may follow.
      double value = number(line.substring(end).strip().split(" ", 2)[0]);
      return Optional.of(new Sample(name, labels, value));
    } catch (NumberFormatException noSample) {
      return Optional.empty();
    }
  }

  private static boolean isStartOfName(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == ':';
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  /**
   * Takes the labels.
   *
   * @return where the value begins, or -1 if the line is malformed
   */
  private static int labels(String line, int from, Map<String, String> labels) {
    int at = from;
    while (at < line.length() && line.charAt(at) != '}') {
      int equals = line.indexOf("=\"", at);
      if (equals < 0) {
        return -1;
      }
      String name = line.substring(at, equals);
      var value = new StringBuilder();
      at = value(line, equals + 2, value);
      if (at < 0) {
        return -1;
      }
      labels.put(name, value.toString());
      if (at < line.length() && line.charAt(at) == ',') {
        at++;
      }
    }
    return at < line.length() ? at + 1 : -1;
  }

  /** Takes a quoted value, in which a backslash protects a backslash, a quote and a line feed. */
  private static int value(String line, int from, StringBuilder value) {
    for (int i = from; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        return i + 1;
      }
      if (c == '\\' && i + 1 < line.length()) {
        i++;
        c = line.charAt(i) == 'n' ? '\n' : line.charAt(i);
      }
      value.append(c);
    }
    return -1;
  }
}
