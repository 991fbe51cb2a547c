package dev.sluice.enricher;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Format of the lines: a built-in format by its name, or a {@code LogFormat} string of Apache
 * httpd. A value: two formats of the same text are equal.
 *
 * @see <a href="https://httpd.apache.org/docs/2.4/mod/mod_log_config.html#formats">Custom Log
 *     Formats</a>
 */
public sealed interface LogFormat permits BuiltInFormat, CustomFormat, FlatFormat {
  /** The name or the format string; {@link #of} takes it back. */
  String text();

  /**
   * The format that a text means: a name in any case, or a format string. A string that says what a
   * built-in format says is that format.
   *
   * @throws InvalidLogFormatException if the text is neither; the message names the place
   */
  static LogFormat of(String text) {
    for (BuiltInFormat format : BuiltInFormat.values()) {
      if (format.text().equalsIgnoreCase(text)) {
        return format;
      }
    }
    if (FlatFormat.FLAT.text().equalsIgnoreCase(text)) {
      return FlatFormat.FLAT;
    }
    if (text.indexOf('%') < 0) {
      String names =
          Arrays.stream(BuiltInFormat.values())
              .map(BuiltInFormat::text)
              .collect(Collectors.joining(", ", "", ", " + FlatFormat.FLAT.text()));
      throw new InvalidLogFormatException(
          "\"" + text + "\" is none of " + names + ", and no LogFormat string without a %");
    }
    var custom = new CustomFormat(text);
    for (BuiltInFormat format : BuiltInFormat.values()) {
      if (format.formatString().isPresent() && format.layout().equals(custom.layout())) {
        return format;
      }
    }
    return custom;
  }
}
