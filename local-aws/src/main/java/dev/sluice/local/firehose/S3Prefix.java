package dev.sluice.local.firehose;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The prefix of a destination with its expressions (Firehose, "Understand custom prefixes for
 * Amazon S3 objects"). Without an expression of time the service appends yyyy/MM/dd/HH/, in UTC.
 */
final class S3Prefix {

  static final String ERROR_OUTPUT_TYPE = "processing-failed";

  private static final Pattern EXPRESSION = Pattern.compile("!\\{([A-Za-z]+):([^}]*)}");
  private static final String KEYS = "partitionKeyFromLambda";
  private static final String DEFAULT_TIME = "!{timestamp:yyyy/MM/dd/HH}/";

  private final String template;

  private S3Prefix(String template) {
    this.template = template;
  }

  /**
   * @throws IllegalArgumentException for an expression that this service does not know
   */
  static S3Prefix ofData(String prefix) {
    check(prefix);
    if (prefix.contains("!{firehose:error-output-type}")) {
      throw new IllegalArgumentException("a prefix of data has no error-output-type: " + prefix);
    }
    return new S3Prefix(prefix.contains("!{timestamp:") ? prefix : prefix + DEFAULT_TIME);
  }

  /**
   * @param errorPrefix empty when the stream has none; then it is the prefix of the data, which
   *     must not have expressions, and processing-failed
   * @throws IllegalArgumentException where the service would refuse it
   */
  static S3Prefix ofErrors(String prefix, Optional<String> errorPrefix) {
    if (errorPrefix.isEmpty()) {
      if (prefix.contains("!{")) {
        throw new IllegalArgumentException(
            "a prefix with expressions needs an error prefix: " + prefix);
      }
      return new S3Prefix(prefix + ERROR_OUTPUT_TYPE + "/" + DEFAULT_TIME);
    }
    check(errorPrefix.get());
    if (!errorPrefix.get().contains("!{firehose:error-output-type}")
        || errorPrefix.get().contains(KEYS)) {
      throw new IllegalArgumentException(
          "an error prefix has !{firehose:error-output-type} and no partition keys: "
              + errorPrefix.get());
    }
    return new S3Prefix(errorPrefix.get());
  }

  private static void check(String prefix) {
    Matcher expressions = EXPRESSION.matcher(prefix);
    while (expressions.find()) {
      String value = expressions.group(2);
      switch (expressions.group(1)) {
        case "timestamp" -> DateTimeFormatter.ofPattern(value, Locale.ROOT);
        case KEYS -> {}
        case "firehose" -> {
          if (!value.equals("error-output-type")) {
            throw new IllegalArgumentException("unknown expression " + expressions.group());
          }
        }
        default -> throw new IllegalArgumentException("unknown expression " + expressions.group());
      }
    }
    if (EXPRESSION.matcher(prefix).replaceAll("").contains("!{")) {
      throw new IllegalArgumentException("!{ outside of an expression: " + prefix);
    }
  }

  /** Whether the function must give a value to each partition key that this names. */
  boolean isComplete(Map<String, String> partitionKeys) {
    Matcher expressions = EXPRESSION.matcher(template);
    while (expressions.find()) {
      if (expressions.group(1).equals(KEYS)
          && partitionKeys.getOrDefault(expressions.group(2), "").isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /**
   * @param oldest arrival of the oldest record in the object
   */
  String of(Instant oldest, Map<String, String> partitionKeys) {
    return EXPRESSION
        .matcher(template)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    switch (found.group(1)) {
                      case "timestamp" ->
                          DateTimeFormatter.ofPattern(found.group(2), Locale.ROOT)
                              .format(oldest.atZone(ZoneOffset.UTC));
                      case KEYS -> partitionKeys.get(found.group(2));
                      default -> ERROR_OUTPUT_TYPE;
                    }));
  }
}
