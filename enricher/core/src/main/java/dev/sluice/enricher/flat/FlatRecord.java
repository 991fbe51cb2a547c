package dev.sluice.enricher.flat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.RejectReason;
import dev.sluice.enricher.profile.FlatKey;
import dev.sluice.enricher.profile.KeptKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The members of one {@code flat} object, each of the type that the key has. */
final class FlatRecord {
  /** Text values in UTF-8. */
  private final Map<FlatKey, byte[]> texts = new EnumMap<>(FlatKey.class);

  /** All values as JSON. */
  private final Map<FlatKey, byte[]> json = new EnumMap<>(FlatKey.class);

  private final Map<FlatKey, List<String>> lists = new EnumMap<>(FlatKey.class);
  private final Map<FlatKey, Long> offsets = new EnumMap<>(FlatKey.class);
  private final OutputBuffer unknown = new OutputBuffer();

  boolean has(FlatKey key) {
    return json.containsKey(key);
  }

  /** The value of a key of text, or null. */
  byte[] text(FlatKey key) {
    return texts.get(key);
  }

  /** The value as JSON, or null. */
  byte[] json(FlatKey key) {
    return json.get(key);
  }

  /** The names in an array; none when there is no such key. */
  List<String> names(FlatKey key) {
    return lists.getOrDefault(key, List.of());
  }

  /** Where the value begins, in bytes from the start of the record. */
  long offset(FlatKey key) {
    return offsets.getOrDefault(key, 0L);
  }

  /** Members whose keys are none of ours, each after a comma. */
  OutputBuffer unknown() {
    return unknown;
  }

  /** Reads the only value of {@code parser}. */
  void read(JsonParser parser) throws IOException, RefusedException {
    texts.clear();
    json.clear();
    lists.clear();
    offsets.clear();
    unknown.clear();
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new RefusedException(RejectReason.BAD_JSON, JsonValues.offset(parser));
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      readMember(parser);
    }
    if (parser.nextToken() != null) {
      throw new RefusedException(RejectReason.BAD_JSON, JsonValues.offset(parser));
    }
  }

  private void readMember(JsonParser parser) throws IOException, RefusedException {
    FlatKey key = FlatKey.of(parser.currentName()).orElse(null);
    var value = new OutputBuffer();
    if (key == null) {
      unknown.append((byte) ',');
      JsonValues.copy(parser, unknown);
      parser.nextToken();
      JsonValues.copy(parser, unknown);
      return;
    }
    parser.nextToken();
    offsets.put(key, JsonValues.offset(parser));
    readValue(key, parser, value);
    json.put(key, value.toByteArray());
  }

  private void readValue(FlatKey key, JsonParser parser, OutputBuffer value)
      throws IOException, RefusedException {
    switch (key.type()) {
      case TEXT -> {
        texts.put(key, JsonValues.text(parser));
        JsonValues.copy(parser, value);
      }
      case WHOLE_NUMBER -> readNumber(key, parser, value);
      case FLAG -> {
        JsonValues.require(parser.currentToken().isBoolean(), parser);
        JsonValues.copy(parser, value);
      }
      case TEXTS -> readNames(key, parser, value);
      case TEXT_BY_NAME -> readObject(parser, false, value);
      case VALUE_BY_NAME -> readObject(parser, true, value);
      case LOCATION -> readLocation(parser, value);
    }
  }

  private static void readNumber(FlatKey key, JsonParser parser, OutputBuffer value)
      throws IOException, RefusedException {
    JsonValues.require(parser.currentToken() == JsonToken.VALUE_NUMBER_INT, parser);
    boolean supported =
        key != FlatKey.SCHEMA_VERSION
            || parser.getText().equals(Integer.toString(KeptKeys.SCHEMA_VERSION));
    if (!supported) {
      throw new RefusedException(
          RejectReason.UNSUPPORTED_SCHEMA_VERSION, JsonValues.offset(parser));
    }
    JsonValues.copy(parser, value);
  }

  private void readNames(FlatKey key, JsonParser parser, OutputBuffer value)
      throws IOException, RefusedException {
    JsonValues.require(parser.currentToken() == JsonToken.START_ARRAY, parser);
    var names = new ArrayList<String>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      names.add(new String(JsonValues.text(parser), StandardCharsets.UTF_8));
    }
    lists.put(key, names);
    value.append((byte) '0'); // never written as it came: the lists of two stages become one
  }

  /** An object of texts, or of texts, numbers and flags; not empty. */
  private static void readObject(JsonParser parser, boolean anyScalar, OutputBuffer value)
      throws IOException, RefusedException {
    JsonValues.require(parser.currentToken() == JsonToken.START_OBJECT, parser);
    byte separator = '{';
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      value.append(separator);
      separator = ',';
      JsonValues.copy(parser, value);
      JsonToken token = parser.nextToken();
      JsonValues.require(
          token == JsonToken.VALUE_STRING
              || (anyScalar && (token.isNumeric() || token.isBoolean())),
          parser);
      JsonValues.copy(parser, value);
    }
    JsonValues.require(separator == ',', parser);
    value.append((byte) '}');
  }

  private static void readLocation(JsonParser parser, OutputBuffer value)
      throws IOException, RefusedException {
    JsonValues.require(parser.currentToken() == JsonToken.START_OBJECT, parser);
    readCoordinate("lat", '{', parser, value);
    readCoordinate("lon", ',', parser, value);
    JsonValues.require(parser.nextToken() == JsonToken.END_OBJECT, parser);
    value.append((byte) '}');
  }

  private static void readCoordinate(
      String name, char before, JsonParser parser, OutputBuffer value)
      throws IOException, RefusedException {
    boolean named = parser.nextToken() == JsonToken.FIELD_NAME && parser.currentName().equals(name);
    JsonValues.require(named, parser);
    value.append((byte) before);
    JsonValues.copy(parser, value);
    JsonValues.require(parser.nextToken().isNumeric(), parser);
    JsonValues.copy(parser, value);
  }
}
