package dev.sluice.enricher.format;

import dev.sluice.enricher.InvalidLogFormatException;
import dev.sluice.enricher.format.FormatPart.Extent;
import java.util.Locale;

/**
 * A directive of a format string, and what httpd writes for it (mod_log_config.c, mod_logio.c,
 * mod_ssl.c).
 *
 * @param letter one character, or three that start with {@code ^}
 * @param argument what stands in braces
 * @param conditional only logged for some statuses, otherwise a dash
 * @param original {@code %<s}: of the request before internal redirects
 * @param last {@code %>s}: of the request after them
 */
record Directive(
    String letter, String argument, boolean conditional, boolean original, boolean last) {
  private static final String DIGITS = "\\d{1,18}+";
  private static final String DIGITS_OR_DASH = DIGITS + "|-";

  /** Clocks go backwards. */
  private static final String SIGNED = "-?+" + DIGITS + "|-";

  /** {@code %t}, whose brackets are no part of the time. */
  boolean isBracketedTime() {
    return letter.equals("t") && argument.isEmpty();
  }

  FormatPart part(String source, int index) {
    Spec spec = spec(source, index);
    String shape = spec.shape;
    if (conditional && spec.extent == Extent.SHAPED) {
      shape = "(?:" + shape + ")|-";
    }
    return new FormatPart(spec.extent, shape, source, index, spec.field, spec.rank);
  }

  private record Spec(Extent extent, String shape, Field field, int rank) {
    static Spec word(Field field, int rank) {
      return new Spec(Extent.WORD, "", field, rank);
    }

    static Spec text(Field field) {
      return new Spec(Extent.TEXT, "", field, 0);
    }

    static Spec shaped(String shape, Field field, int rank) {
      return new Spec(Extent.SHAPED, shape, field, rank);
    }
  }

  private Spec spec(String source, int index) {
    return switch (letter) {
      case "h" -> Spec.word(Field.REMOTE_HOST, peerRank());
      case "a" -> Spec.word(Field.CLIENT_ADDRESS, peerRank());
      case "A" -> Spec.word(Field.SERVER_ADDRESS, 0);
      case "l" -> Spec.word(Field.IDENTITY, 0);
      case "u" -> Spec.text(Field.USER);
      case "t" -> Spec.shaped(time(index), Field.TIMESTAMP, 0);
      case "r" -> Spec.text(Field.REQUEST_LINE);
      case "m" -> Spec.word(Field.METHOD, 0);
      case "U" -> Spec.text(Field.URL_PATH);
      case "q" -> new Spec(Extent.QUERY, "", Field.QUERY, 0);
      case "H" -> Spec.shaped("[A-Za-z0-9./_-]{1,16}+", Field.PROTOCOL, 0);
      // The status that the client saw comes first, then the default, which is the original one.
      case "s" -> Spec.shaped("\\d{3}", Field.STATUS, last ? 0 : original ? 2 : 1);
      case "b" -> Spec.shaped(DIGITS_OR_DASH, Field.BYTES, 0);
      case "B" -> Spec.shaped(DIGITS_OR_DASH, Field.BYTES, 1);
      case "I" -> Spec.shaped(DIGITS, Field.BYTES_RECEIVED, 0);
      case "O" -> Spec.shaped(DIGITS, Field.BYTES_SENT, 0);
      case "S", "^FB" -> Spec.shaped(DIGITS_OR_DASH, null, 0);
      case "D" -> Spec.shaped(SIGNED, Field.DURATION_MICROS, 0);
      case "T" -> duration(index);
      case "v" -> Spec.word(Field.SERVER_NAME, 0);
      case "V" -> Spec.word(Field.SERVER_NAME, 1);
      case "p" -> port(index);
      case "P" -> process(index);
      case "k" -> Spec.shaped(DIGITS, Field.KEEPALIVE_REQUESTS, 0);
      case "X" -> Spec.shaped("[X+-]", Field.CONNECTION_STATUS, 0);
      case "f" -> Spec.text(Field.FILE_NAME);
      case "L" -> Spec.word(Field.LOG_ID, 0);
      case "R" -> Spec.word(null, 0);
      case "i" -> header(source, index);
      case "o", "C", "e", "n", "x", "c", "^ti", "^to" -> named(source, index);
      default -> throw new InvalidLogFormatException(index, source + " is no directive of httpd");
    };
  }

  /** {@code %{c}a} is who connected, which is a proxy where mod_remoteip is in use. */
  private int peerRank() {
    return argument.equals("c") ? 1 : 0;
  }

  private String time(int index) {
    return argument.isEmpty() ? ClfTimestamp.REGEX : TimeFormat.regex(argument, index);
  }

  private Spec duration(int index) {
    return switch (argument) {
      case "us" -> Spec.shaped(SIGNED, Field.DURATION_MICROS, 1);
      case "ms" -> Spec.shaped(SIGNED, Field.DURATION_MILLIS, 0);
      case "", "s" -> Spec.shaped(SIGNED, Field.DURATION_SECONDS, 0);
      default -> throw wrongArgument(index, "s, ms or us");
    };
  }

  private Spec port(int index) {
    return switch (argument) {
      case "", "canonical" -> Spec.shaped("\\d{1,5}+", Field.SERVER_PORT, 0);
      case "local" -> Spec.shaped("\\d{1,5}+", Field.SERVER_PORT, 1);
      case "remote" -> Spec.shaped("\\d{1,5}+", null, 0);
      default -> throw wrongArgument(index, "canonical, local or remote");
    };
  }

  private Spec process(int index) {
    return switch (argument) {
      case "", "pid" -> Spec.shaped(DIGITS, Field.PROCESS_ID, 0);
      case "tid" -> Spec.shaped(DIGITS, null, 0);
      case "hextid" -> Spec.shaped("(?:0x)?+[0-9a-fA-F]{1,16}+", null, 0);
      default -> throw wrongArgument(index, "pid, tid or hextid");
    };
  }

  private InvalidLogFormatException wrongArgument(int index, String expected) {
    return new InvalidLogFormatException(
        index, "%" + letter + " takes " + expected + " in its braces, not " + argument);
  }

  private Spec header(String source, int index) {
    return switch (argument.toLowerCase(Locale.ROOT)) {
      case "referer" -> Spec.text(Field.REFERER);
      case "user-agent" -> Spec.text(Field.USER_AGENT);
      case "x-forwarded-for" -> new Spec(Extent.LIST, "", Field.FORWARDED_FOR, 0);
      default -> named(source, index);
    };
  }

  private Spec named(String source, int index) {
    if (argument.isEmpty()) {
      throw new InvalidLogFormatException(index, source + " needs a name in braces");
    }
    return Spec.text(null);
  }
}
