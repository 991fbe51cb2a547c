package dev.sluice.functions.fanout.enrich;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.random.RandomGenerator;

/**
 * Under which key a line goes into the second stream: a value of the line, so that equal values
 * stay in one shard, or a random one, which spreads best.
 */
final class PartitionKeys {
  /** The setting that asks for a random key. */
  static final String RANDOM = "random";

  /** Characters that Kinesis takes as a partition key. */
  static final int MAX_CHARS = 256;

  private final JsonFactory json = new JsonFactory();
  private final String field;
  private final RandomGenerator random;

  /**
   * @param field key on the top level of the lines, or {@link #RANDOM}
   */
  PartitionKeys(String field, RandomGenerator random) {
    this.field = field;
    this.random = random;
  }

  /** From 1 to {@value #MAX_CHARS} characters; random for a line that has no such value. */
  String of(byte[] line) {
    String value = field.equals(RANDOM) ? "" : value(line);
    if (value.isEmpty()) {
      return Long.toHexString(random.nextLong());
    }
    if (value.length() <= MAX_CHARS) {
      return value;
    }
    boolean cutsAPair = Character.isHighSurrogate(value.charAt(MAX_CHARS - 1));
    return value.substring(0, cutsAPair ? MAX_CHARS - 1 : MAX_CHARS);
  }

  private String value(byte[] line) {
    try (JsonParser parser = json.createParser(line)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean found = parser.currentName().equals(field);
        JsonToken token = parser.nextToken();
        if (found) {
          return token.isScalarValue() ? parser.getText() : "";
        }
        parser.skipChildren();
      }
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException("an enriched line is no JSON", e); // a defect of ours
    }
  }
}
