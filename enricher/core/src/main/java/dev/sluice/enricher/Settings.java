package dev.sluice.enricher;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads typed values out of text keys and collects every problem, so that a user sees all of them
 * at once. A reader answers a wrong value with its default and remembers the problem; {@link
 * #throwIfInvalid()} comes last. A blank value counts as not set. Not thread-safe.
 */
public final class Settings {
  /** A class of its own, so that only who sets a duration compiles it. */
  private static final class ShortDuration {
    static final Pattern TEXT = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
  }

  private final Function<String, String> source;
  private final List<String> problems = new ArrayList<>();

  /**
   * @param source value of a key, or null: {@code System::getenv} in a main method, {@code
   *     Map::get} in tests
   */
  public Settings(Function<String, String> source) {
    this.source = source;
  }

  public Optional<String> text(String key) {
    String value = source.apply(key);
    return value == null || value.isBlank() ? Optional.empty() : Optional.of(value.strip());
  }

  public String text(String key, String defaultValue) {
    return text(key).orElse(defaultValue);
  }

  /** The value, or a problem and the empty text. */
  public String required(String key) {
    Optional<String> value = text(key);
    if (value.isEmpty()) {
      problems.add(key + " is not set");
    }
    return value.orElse("");
  }

  public Optional<Path> path(String key) {
    Optional<String> value = text(key);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Path.of(value.get()));
    } catch (InvalidPathException e) {
      wrong(key, value.get(), "a file name");
      return Optional.empty();
    }
  }

  public int positiveInt(String key, int defaultValue) {
    return intBetween(key, defaultValue, 1, Integer.MAX_VALUE);
  }

  /** A whole number from {@code min} to {@code max}, both allowed. */
  public int intBetween(String key, int defaultValue, int min, int max) {
    return (int) longBetween(key, defaultValue, min, max);
  }

  /** A whole number from {@code min} to {@code max}, both allowed. */
  public long longBetween(String key, long defaultValue, long min, long max) {
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
    wrong(key, value.get(), "a whole number from " + min + " to " + max);
    return defaultValue;
  }

  public boolean flag(String key, boolean defaultValue) {
    Optional<String> value = text(key);
    if (value.isEmpty()) {
      return defaultValue;
    }
    switch (value.get().toLowerCase(Locale.ROOT)) {
      case "true":
        return true;
      case "false":
        return false;
      default:
        wrong(key, value.get(), "true or false");
        return defaultValue;
    }
  }

  /** A duration above zero, such as 500ms, 10s, 2m, 1h, 1d or ISO 8601 ({@code PT1M30S}). */
  public Duration duration(String key, Duration defaultValue) {
    Optional<String> value = text(key);
    if (value.isEmpty()) {
      return defaultValue;
    }
    try {
      Duration duration = parseDuration(value.get());
      if (!duration.isNegative() && !duration.isZero()) {
        return duration;
      }
    } catch (DateTimeException | ArithmeticException e) {
      // Reported below, like a duration that is not positive.
    }
    wrong(key, value.get(), "a duration above zero such as 500ms, 10s, 2m or PT1M30S");
    return defaultValue;
  }

  private static Duration parseDuration(String value) {
    Matcher shortForm = ShortDuration.TEXT.matcher(value);
    if (!shortForm.matches()) {
      return Duration.parse(value);
    }
    long amount = Long.parseLong(shortForm.group(1));
    return switch (shortForm.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }

  /** A constant by its name in kebab case: {@code TRIM_HORIZON} is written trim-horizon. */
  public <E extends Enum<E>> E choice(String key, Class<E> type, E defaultValue) {
    Optional<String> value = text(key);
    if (value.isEmpty()) {
      return defaultValue;
    }
    for (E constant : type.getEnumConstants()) {
      if (kebabCase(constant).equals(value.get())) {
        return constant;
      }
    }
    wrong(
        key,
        value.get(),
        "one of "
            + String.join(
                ", ", Arrays.stream(type.getEnumConstants()).map(Settings::kebabCase).toList()));
    return defaultValue;
  }

  private static String kebabCase(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public ZoneId zone(String key, ZoneId defaultValue) {
    Optional<String> value = text(key);
    if (value.isEmpty()) {
      return defaultValue;
    }
    try {
      return ZoneId.of(value.get());
    } catch (DateTimeException e) {
      wrong(key, value.get(), "a time zone such as UTC or Europe/Paris");
      return defaultValue;
    }
  }

  /** Remembers a problem that the caller found, for example between two keys. */
  public void problem(String key, String text) {
    problems.add(key + " " + text);
  }

  private void wrong(String key, String value, String expected) {
    problems.add(key + " is \"" + value + "\", expected " + expected);
  }

  /** All problems so far, for a reader of a part that reports them with its place. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  public void throwIfInvalid() {
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(problems);
    }
  }
}
