package dev.sluice.enricher.steps;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.enricher.DatabaseFile;
import dev.sluice.enricher.UnusableDatabaseException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a JSON Schema. Keywords that only describe are read over; one that would restrict and that
 * we do not know is refused, because a schema that is checked in part is worse than none.
 */
final class SchemaReader {
  /** Largest schema, in bytes. */
  static final int MAX_BYTES = 1024 * 1024;

  private static final int MAX_DEPTH = 20;
  private static final Set<String> TYPES =
      Set.of("string", "number", "integer", "boolean", "object", "array", "null");
  private static final Set<String> DESCRIPTIONS =
      Set.of(
          "$schema",
          "$id",
          "$comment",
          "title",
          "description",
          "default",
          "examples",
          "format",
          "deprecated");

  private final JsonParser json;

  private SchemaReader(JsonParser json) {
    this.json = json;
  }

  /**
   * @throws UnusableDatabaseException if the file cannot be read or is no schema that we know
   */
  static Schema read(Path file) {
    DatabaseFile.requireReadable(file);
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, file);
    } catch (IOException e) {
      throw new UnusableDatabaseException(file, "not a readable file", e);
    }
  }

  /**
   * @param name of the schema in messages
   */
  static Schema read(InputStream in, Path name) throws IOException {
    byte[] bytes = in.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw new UnusableDatabaseException(name, "longer than " + MAX_BYTES + " bytes", null);
    }
    try (JsonParser json = new JsonFactory().createParser(bytes)) {
      json.nextToken();
      Schema schema = new SchemaReader(json).schema("the schema", 0);
      if (json.nextToken() != null) {
        throw new IllegalArgumentException("something follows the schema");
      }
      return schema;
    } catch (JsonProcessingException e) {
      throw new UnusableDatabaseException(name, "not JSON: " + e.getOriginalMessage(), e);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new UnusableDatabaseException(name, e.getMessage(), e);
    }
  }

  private Schema schema(String place, int depth) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_TRUE) {
      return Schema.ANYTHING;
    }
    require(JsonToken.START_OBJECT, place, "is no object");
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException(place + " is deeper than " + MAX_DEPTH);
    }
    Set<String> types = Set.of();
    Set<String> allowed = Set.of();
    Optional<LinearRegex> pattern = Optional.empty();
    int minLength = 0;
    int maxLength = Integer.MAX_VALUE;
    Optional<BigDecimal> minimum = Optional.empty();
    Optional<BigDecimal> maximum = Optional.empty();
    Set<String> required = Set.of();
    Map<String, Schema> properties = Map.of();
    boolean additional = true;
    Optional<Schema> items = Optional.empty();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String keyword = json.currentName();
      String at = keyword + " of " + place;
      json.nextToken();
      switch (keyword) {
        case "type" -> types = types(at);
        case "enum" -> allowed = scalars(at);
        case "const" -> allowed = Set.of(Schema.scalar(json));
        case "pattern" -> pattern = Optional.of(pattern(at));
        case "minLength" -> minLength = number(at).intValueExact();
        case "maxLength" -> maxLength = number(at).intValueExact();
        case "minimum" -> minimum = Optional.of(number(at));
        case "maximum" -> maximum = Optional.of(number(at));
        case "required" -> required = texts(at);
        case "properties" -> properties = properties(at, depth);
        case "additionalProperties" -> additional = flag(at);
        case "items" -> items = Optional.of(schema(at, depth + 1));
        default -> {
          if (!DESCRIPTIONS.contains(keyword)) {
            throw new IllegalArgumentException(at + " is not supported");
          }
          json.skipChildren();
        }
      }
    }
    return new Schema(
        types,
        allowed,
        pattern,
        minLength,
        maxLength,
        minimum,
        maximum,
        required,
        properties,
        additional,
        items);
  }

  private void require(JsonToken token, String place, String message) {
    if (json.currentToken() != token) {
      throw new IllegalArgumentException(place + " " + message);
    }
  }

  private Set<String> types(String place) throws IOException {
    Set<String> types =
        json.currentToken() == JsonToken.VALUE_STRING ? Set.of(json.getText()) : texts(place);
    for (String type : types) {
      if (!TYPES.contains(type)) {
        throw new IllegalArgumentException(place + " is \"" + type + "\", which is no type");
      }
    }
    return types;
  }

  private Set<String> texts(String place) throws IOException {
    require(JsonToken.START_ARRAY, place, "is no list");
    var texts = new HashSet<String>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      require(JsonToken.VALUE_STRING, place, "is no list of texts");
      texts.add(json.getText());
    }
    return Set.copyOf(texts);
  }

  private Set<String> scalars(String place) throws IOException {
    require(JsonToken.START_ARRAY, place, "is no list");
    var scalars = new HashSet<String>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (!json.currentToken().isScalarValue()) {
        throw new IllegalArgumentException(place + " holds more than texts and numbers");
      }
      scalars.add(Schema.scalar(json));
    }
    return Set.copyOf(scalars);
  }

  private LinearRegex pattern(String place) throws IOException {
    require(JsonToken.VALUE_STRING, place, "is no text");
    try {
      return LinearRegex.compile(json.getText());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(place + ": " + e.getMessage(), e);
    }
  }

  private BigDecimal number(String place) throws IOException {
    if (!json.currentToken().isNumeric()) {
      throw new IllegalArgumentException(place + " is no number");
    }
    return json.getDecimalValue();
  }

  private boolean flag(String place) throws IOException {
    if (!json.currentToken().isBoolean()) {
      throw new IllegalArgumentException(place + " is neither true nor false");
    }
    return json.getBooleanValue();
  }

  private Map<String, Schema> properties(String place, int depth) throws IOException {
    require(JsonToken.START_OBJECT, place, "is no object");
    var properties = new HashMap<String, Schema>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String key = json.currentName();
      json.nextToken();
      properties.put(key, schema("\"" + key + "\"", depth + 1));
    }
    return Map.copyOf(properties);
  }
}
