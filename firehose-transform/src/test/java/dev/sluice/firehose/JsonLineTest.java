package dev.sluice.firehose;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A line says what Jackson's generator says when it is told the same. */
class JsonLineTest {
  private static final long SEED = 20_261_122;
  private static final int LINES = 500;
  private static final int MAX_DEPTH = 6;

  /** What JSON escapes, what readers take for line ends, one to four bytes of UTF-8. */
  private static final int[] CHARACTERS = {
    0, '\b', '\t', '\n', '\r', 0x1F, ' ', '"', '\\', '/', 'a', 'Z', 0x7F, 0x85, 0xE4, 0x2028,
    0x1F600
  };

  private final JsonFactory json = new JsonFactory();
  private final Random random = new Random(SEED);

  @Test
  void saysWhatTheLibrarySays() throws IOException {
    for (int i = 0; i < LINES; i++) {
      var line = new JsonLine();
      var writer = new StringWriter();
      try (JsonGenerator library = json.createGenerator(writer)) {
        line.beginObject();
        library.writeStartObject();
        members(line, library, 1);
        library.writeEndObject();
        line.end();
      }
      assertThat(tokens(line.toString())).isEqualTo(tokens(writer.toString()));
      assertThat(line.toString().chars().noneMatch(c -> c < ' ' || c == 0x2028)).isTrue();
    }
  }

  private void members(JsonLine line, JsonGenerator library, int depth) throws IOException {
    for (int count = random.nextInt(5); count > 0; count--) {
      String name = text();
      switch (random.nextInt(depth < MAX_DEPTH ? 6 : 4)) {
        case 0 -> {
          String value = text();
          line.member(name, value);
          library.writeStringField(name, value);
        }
        case 1 -> {
          long value = random.nextLong();
          line.member(name, value);
          library.writeNumberField(name, value);
        }
        case 2 -> {
          boolean value = random.nextBoolean();
          line.member(name, value);
          library.writeBooleanField(name, value);
        }
        case 3 -> {
          line.member(name, null);
          library.writeStringField(name, null);
        }
        case 4 -> {
          line.beginObject(name);
          library.writeObjectFieldStart(name);
          members(line, library, depth + 1);
          library.writeEndObject();
          line.end();
        }
        default -> {
          line.beginArray(name);
          library.writeArrayFieldStart(name);
          elements(line, library, depth + 1);
          library.writeEndArray();
          line.end();
        }
      }
    }
  }

  private void elements(JsonLine line, JsonGenerator library, int depth) throws IOException {
    for (int count = random.nextInt(4); count > 0; count--) {
      switch (random.nextInt(depth < MAX_DEPTH ? 3 : 1)) {
        case 0 -> {
          String value = text();
          line.element(value);
          library.writeString(value);
        }
        case 1 -> {
          line.beginObject();
          library.writeStartObject();
          members(line, library, depth + 1);
          library.writeEndObject();
          line.end();
        }
        default -> {
          line.beginArray();
          library.writeStartArray();
          elements(line, library, depth + 1);
          library.writeEndArray();
          line.end();
        }
      }
    }
  }

  private String text() {
    var text = new StringBuilder();
    for (int length = random.nextInt(6); length > 0; length--) {
      text.appendCodePoint(CHARACTERS[random.nextInt(CHARACTERS.length)]);
    }
    return text.toString();
  }

  private List<String> tokens(String line) throws IOException {
    var tokens = new ArrayList<String>();
    try (JsonParser parser = json.createParser(line)) {
      while (parser.nextToken() != null) {
        tokens.add(parser.currentToken() + " " + parser.getText());
      }
    }
    return tokens;
  }
}
