package dev.sluice.web;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads typed values out of text keys and collects every problem, so that a user sees all of them
 * at once. A wrong value is answered with its default and remembered. A blank one counts as not
 * set. Not thread-safe.
 */
final class SettingValues {

  private final Function<String, String> source;
  private final List<String> problems = new ArrayList<>();

  /**
   * @param source value of a key, or null
   */
  SettingValues(Function<String, String> source) {
    this.source = source;
  }

  Optional<String> text(String key) {
    String value = source.apply(key);
    return value == null || value.isBlank() ? Optional.empty() : Optional.of(value.strip());
  }

  /** The value, or a problem and the empty text. */
  String required(String key) {
    Optional<String> value = text(key);
    if (value.isEmpty()) {
      problem(key, "is not set");
    }
    return value.orElse("");
  }

  /** A whole number from {@code min} to {@code max}, both allowed. */
  long longBetween(String key, long defaultValue, long min, long max) {
    Optional<String> value = text(key);
    if (value.isEmpty()) {
      return defaultValue;
    }
    try {
      long number = Long.parseLong(value.get());
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Reported below, like a number out of range.
    }
    problem(key, "is \"" + value.get() + "\", expected a whole number from " + min + " to " + max);
    return defaultValue;
  }

  boolean flag(String key, boolean defaultValue) {
    Optional<String> value = text(key);
    if (value.isEmpty()) {
      return defaultValue;
    }
    if (value.get().equalsIgnoreCase("true")) {
      return true;
    }
    if (!value.get().equalsIgnoreCase("false")) {
      problem(key, "is \"" + value.get() + "\", expected true or false");
      return defaultValue;
    }
    return false;
  }

  /** An address over HTTP without user, query and fragment. */
  Optional<URI> httpAddress(String key) {
    Optional<String> value = text(key);
    try {
      Optional<URI> address =
          value.isEmpty() ? Optional.empty() : Optional.of(new URI(value.get()));
      if (address.isEmpty() || isHttp(address.get())) {
        return address;
      }
    } catch (URISyntaxException e) {
      // Reported below, like an address of another kind.
    }
    // The value is not repeated: somebody may have put a password into it.
    problem(key, "is no address such as http://127.0.0.1:8080");
    return Optional.empty();
  }

  private static boolean isHttp(URI address) {
    return ("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
        && address.getHost() != null
        && address.getRawUserInfo() == null
        && address.getRawQuery() == null
        && address.getRawFragment() == null;
  }

  /** Remembers a problem that the caller found, for example between two keys. */
  void problem(String key, String text) {
    problems.add(key + " " + text);
  }

  void throwIfInvalid() {
    if (!problems.isEmpty()) {
      throw new InvalidWebSettingsException(problems);
    }
  }
}
