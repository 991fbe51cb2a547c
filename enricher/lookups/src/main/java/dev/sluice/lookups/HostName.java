package dev.sluice.lookups;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A name that the DNS has told. Whoever owns an address decides what it is called, so nothing is
 * taken but letters, digits, dashes and underscores between dots.
 */
final class HostName {
  /**
   * Characters of a name without its last dot.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4">RFC 1035, section 2.3.4</a>
   */
  static final int MAX_LENGTH = 253;

  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9_-]{1,63}(?:\\.[A-Za-z0-9_-]{1,63})*+");

  private HostName() {}

  /** The name in small letters, without a dot at its end; empty when it is none. */
  static Optional<String> of(String told) {
    String name = told.endsWith(".") ? told.substring(0, told.length() - 1) : told;
    return name.length() <= MAX_LENGTH && NAME.matcher(name).matches()
        ? Optional.of(name.toLowerCase(Locale.ROOT))
        : Optional.empty();
  }

  /** A name as a JSON string; nothing in it has to be escaped. */
  static byte[] json(String name) {
    return ('"' + name + '"').getBytes(StandardCharsets.US_ASCII);
  }
}
