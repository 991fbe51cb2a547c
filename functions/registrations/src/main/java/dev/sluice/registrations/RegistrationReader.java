package dev.sluice.registrations;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;

/**
 * Reads the body of a message, {@code {"CustID":1021,"Name":"Martha Rivera"}}. Further members are
 * for others and are left alone. Thread-safe.
 */
final class RegistrationReader {
  /** 40,000 bytes of UTF-8 at most: within a TEXT of MySQL and an item of DynamoDB. */
  static final int MAX_NAME_CHARACTERS = 10_000;

  private static final String KEY = "CustID";
  private static final String NAME = "Name";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private RegistrationReader() {}

  /**
   * The customer of a message.
   *
   * @throws BadRegistrationException when there is none, saying why
   */
  static Registration read(String body) throws BadRegistrationException {
    JsonNode json;
    try {
      json = JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new BadRegistrationException("the body is no JSON of ours: " + place(e));
    }
    if (!json.isObject()) {
      throw new BadRegistrationException("the body is no JSON object");
    }
    return new Registration(custId(json.path(KEY)), name(json.path(NAME)));
  }

  private static String place(JsonProcessingException e) {
    return e.getLocation() == null
        ? "it cannot be read"
        : "line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr();
  }

  private static long custId(JsonNode value) throws BadRegistrationException {
    if (!value.isIntegralNumber()) {
      throw new BadRegistrationException(KEY + " is no whole number");
    }
    if (!value.canConvertToLong() || value.longValue() < 0) {
      throw new BadRegistrationException(KEY + " is not from 0 to " + Long.MAX_VALUE);
    }
    return value.longValue();
  }

  private static String name(JsonNode value) throws BadRegistrationException {
    if (!value.isTextual()) {
      throw new BadRegistrationException(NAME + " is no text");
    }
    String name = value.textValue();
    int characters = name.codePointCount(0, name.length());
    if (characters == 0 || characters > MAX_NAME_CHARACTERS) {
      throw new BadRegistrationException(
          NAME + " has " + characters + " characters, not 1 to " + MAX_NAME_CHARACTERS);
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
      throw new BadRegistrationException(NAME + " holds half of a surrogate pair");
    }
    return name;
  }
}
