package dev.sluice.enricher.steps;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a JSON value must be: the subset of JSON Schema that docs/steps.md names. Immutable.
 *
 * @param types names of allowed types; empty for all
 * @param allowed scalars allowed, as {@link #scalar} writes them; empty for all
 * @param additional whether keys without a schema of their own may stand in an object
 */
record Schema(
    Set<String> types,
    Set<String> allowed,
    Optional<LinearRegex> pattern,
    int minLength,
    int maxLength,
    Optional<BigDecimal> minimum,
    Optional<BigDecimal> maximum,
    Set<String> required,
    Map<String, Schema> properties,
    boolean additional,
    Optional<Schema> items) {

  /** Takes every value. */
  static final Schema ANYTHING =
      new Schema(
          Set.of(),
          Set.of(),
          Optional.empty(),
          0,
          Integer.MAX_VALUE,
          Optional.empty(),
          Optional.empty(),
          Set.of(),
          Map.of(),
          true,
          Optional.empty());

  /**
   * The first key of the object at the parser that breaks the schema, or null. A key that is
   * required and missing counts as last; the empty key stands for the object itself.
   */
  String firstViolation(JsonParser json) throws IOException {
    if (!isTypeAllowed(json.currentToken(), json)) {
      return "";
    }
    var missing = new HashSet<>(required);
    String violated = null;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String key = json.currentName();
      json.nextToken();
      missing.remove(key);
      Schema property = properties.get(key);
      boolean fine = property == null ? additional : property.fits(json);
      if (property == null) {
        json.skipChildren();
      }
      if (!fine && violated == null) {
        violated = key;
      }
    }
    return violated == null && !missing.isEmpty() ? missing.iterator().next() : violated;
  }

  /** Whether the value at the parser fits; afterwards the parser is at its last token. */
  private boolean fits(JsonParser json) throws IOException {
    JsonToken token = json.currentToken();
    if (token == JsonToken.START_OBJECT) {
      return firstViolation(json) == null;
    }
    if (token == JsonToken.START_ARRAY) {
      boolean fine = isTypeAllowed(token, json);
      while (json.nextToken() != JsonToken.END_ARRAY) {
        fine &= items.orElse(ANYTHING).fits(json);
      }
      return fine;
    }
    return isTypeAllowed(token, json)
        && (allowed.isEmpty() || allowed.contains(scalar(json)))
        && (token != JsonToken.VALUE_STRING || isTextAllowed(json.getText()))
        && (!token.isNumeric() || isNumberAllowed(json.getDecimalValue()));
  }

  private boolean isTypeAllowed(JsonToken token, JsonParser json) throws IOException {
    if (types.isEmpty()) {
      return true;
    }
    return switch (token) {
      case START_OBJECT -> types.contains("object");
      case START_ARRAY -> types.contains("array");
      case VALUE_STRING -> types.contains("string");
      case VALUE_NUMBER_INT -> types.contains("integer") || types.contains("number");
      case VALUE_NUMBER_FLOAT ->
          types.contains("number")
              || (types.contains("integer")
                  && json.getDecimalValue().stripTrailingZeros().scale() <= 0);
      case VALUE_TRUE, VALUE_FALSE -> types.contains("boolean");
      default -> types.contains("null");
    };
  }

  private boolean isTextAllowed(String text) {
    int length = text.codePointCount(0, text.length());
    return length >= minLength
        && length <= maxLength
        && (pattern.isEmpty() || pattern.get().isIn(text));
  }

  private boolean isNumberAllowed(BigDecimal number) {
    return (minimum.isEmpty() || number.compareTo(minimum.get()) >= 0)
        && (maximum.isEmpty() || number.compareTo(maximum.get()) <= 0);
  }

  /** A scalar so that values are equal when their texts are. */
  static String scalar(JsonParser json) throws IOException {
    JsonToken token = json.currentToken();
    if (token == JsonToken.VALUE_STRING) {
      return "\"" + json.getText();
    }
    return token.isNumeric()
        ? json.getDecimalValue().stripTrailingZeros().toString()
        : json.getText();
  }
}
