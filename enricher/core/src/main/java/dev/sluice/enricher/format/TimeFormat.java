package dev.sluice.enricher.format;

import dev.sluice.enricher.InvalidLogFormatException;

/**
 * {@code %{format}t} as a regular expression: the tokens of mod_log_config, or the conversions of
 * strftime in the C locale, which is what httpd runs in unless it is told otherwise.
 */
final class TimeFormat {
  /** What httpd itself writes for {@code %t}, between its brackets. */
  private static final String CLF = "%d/%b/%Y:%H:%M:%S %z";

  private static final String MONTH_NAMES = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";
  private static final String DAY_NAMES = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)";
  private static final String DAY = "(?:0[1-9]|[12]\\d|3[01])";
  private static final String MONTH = "(?:0[1-9]|1[0-2])";
  private static final String HOUR = "(?:[01]\\d|2[0-3])";
  private static final String MINUTE = "[0-5]\\d";
  private static final String SECOND = "(?:[0-5]\\d|60)";
  private static final String CLOCK = HOUR + ":" + MINUTE + ":" + SECOND;
  private static final String EPOCH_DIGITS = "\\d{1,18}+";

  private TimeFormat() {}

  static String regex(String argument, int index) {
    String format = argument.replaceFirst("^(?:begin|end):", "");
    return switch (format) {
      case "sec", "msec", "usec" -> EPOCH_DIGITS;
      case "msec_frac" -> "\\d{3}";
      case "usec_frac" -> "\\d{6}";
      case CLF -> ClfTimestamp.REGEX;
      default -> strftime(format, index);
    };
  }

  private static String strftime(String format, int index) {
    var regex = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c == '%' && i + 1 < format.length()) {
        regex.append(conversion(format.charAt(++i), index));
      } else if (c >= ' ' && c <= '~' && "\"\\%".indexOf(c) < 0) {
        regex.append(FormatPart.quote(String.valueOf(c)));
      } else {
        throw new InvalidLogFormatException(
            index, "a time format holds no quote, backslash, lone % or non-ASCII character");
      }
    }
    return regex.toString();
  }

  private static String conversion(char letter, int index) {
    return switch (letter) {
      case 'Y', 'G' -> "\\d{4}";
      case 'y', 'C', 'g' -> "\\d\\d";
      case 'm' -> MONTH;
      case 'b', 'h' -> MONTH_NAMES;
      case 'B' ->
          "(?:January|February|March|April|May|June|July|August|September|October|November"
              + "|December)";
      case 'd' -> DAY;
      case 'e' -> "(?: [1-9]|[12]\\d|3[01])";
      case 'j' -> "[0-3]\\d\\d";
      case 'a' -> DAY_NAMES;
      case 'A' -> "(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)";
      case 'u', 'w' -> "[0-7]";
      case 'U', 'V', 'W' -> "[0-5]\\d";
      case 'H' -> HOUR;
      case 'I' -> "(?:0[1-9]|1[0-2])";
      case 'k' -> "(?:[ 1]\\d|2[0-3])";
      case 'l' -> "(?: [1-9]|1[0-2])";
      case 'p' -> "[AP]M";
      case 'P' -> "[ap]m";
      case 'M' -> MINUTE;
      case 'S' -> SECOND;
      case 'T', 'X' -> CLOCK;
      case 'R' -> HOUR + ":" + MINUTE;
      case 'r' -> "(?:0[1-9]|1[0-2]):" + MINUTE + ":" + SECOND + " [AP]M";
      case 'F' -> "\\d{4}-" + MONTH + "-" + DAY;
      case 'D', 'x' -> MONTH + "/" + DAY + "/\\d\\d";
      case 'c' -> DAY_NAMES + " " + MONTH_NAMES + " (?: [1-9]|[12]\\d|3[01]) " + CLOCK + " \\d{4}";
      case 's' -> EPOCH_DIGITS;
      case 'z' -> "[+-]\\d{4}";
      case 'Z' -> "[A-Za-z0-9+-]{1,8}+";
      case 't' -> "\\t";
      case '%' -> "%";
      default ->
          throw new InvalidLogFormatException(index, "%" + letter + " is unknown to strftime");
    };
  }

  /**
   * The last part and this one as one timestamp, when only marks that a time is written with stand
   * between them: httpd has no other way to put milliseconds before the zone. Otherwise null.
   */
  static FormatPart join(FormatPart before, String between, FormatPart part) {
    if (before.field() != Field.TIMESTAMP
        || part.field() != Field.TIMESTAMP
        || !between.matches("[ .,:TZ/+-]*")) {
      return null;
    }
    return new FormatPart(
        FormatPart.Extent.SHAPED,
        before.regex() + FormatPart.quote(between) + part.regex(),
        before.directive() + between + part.directive(),
        before.index(),
        Field.TIMESTAMP,
        0);
  }
}
