package dev.sluice.enricher.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.UnusableDatabaseException;
import dev.sluice.enricher.profile.Profile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaCheckTest {
  @TempDir private Path folder;

  private static Schema schema(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return SchemaReader.read(new ByteArrayInputStream(bytes), Path.of("s.json"));
  }

  private static String violation(String schema, String json) throws IOException {
    var out = new OutputBuffer();
    out.append((byte) '>');
    out.append(json.getBytes(StandardCharsets.UTF_8));
    return new SchemaCheck(schema(schema)).firstViolation(out, 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "fine",
      value = {
        "{}                                              | {\"a\":1}          | fine",
        "true                                            | {\"a\":1}          | fine",
        "{\"type\":\"object\"}                           | {}                 | fine",
        "{\"type\":\"array\"}                            | {}                 | ``",
        "{\"required\":[\"a\"]}                          | {\"b\":1}          | a",
        "{\"properties\":{\"a\":{\"type\":\"string\"}}}  | {\"a\":1}          | a",
        "{\"properties\":{\"a\":{\"type\":\"number\"}}}  | {\"a\":1}          | fine",
        "{\"properties\":{\"a\":{\"type\":\"integer\"}}} | {\"a\":1.0}        | fine",
        "{\"properties\":{\"a\":{\"type\":\"integer\"}}} | {\"a\":1.5}        | a",
        "{\"properties\":{\"a\":{\"type\":\"boolean\"}}} | {\"a\":true}       | fine",
        "{\"properties\":{\"a\":{\"type\":[\"null\",\"string\"]}}} | {\"a\":null} | fine",
        "{\"properties\":{\"a\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}}}} | {\"a\":[\"x\",1]} | a",
        "{\"properties\":{\"a\":{\"type\":\"string\"}}}  | {\"a\":[1,{\"b\":2}],\"c\":1} | a",
        "{\"properties\":{\"a\":{\"enum\":[\"x\",2]}}}   | {\"a\":2.0}        | fine",
        "{\"properties\":{\"a\":{\"enum\":[\"x\",2]}}}   | {\"a\":\"2\"}      | a",
        "{\"properties\":{\"a\":{\"const\":true}}}       | {\"a\":false}      | a",
        "{\"properties\":{\"a\":{\"minimum\":2,\"maximum\":3}}} | {\"a\":1}   | a",
        "{\"properties\":{\"a\":{\"minimum\":2,\"maximum\":3}}} | {\"a\":3.1} | a",
        "{\"properties\":{\"a\":{\"minimum\":2,\"maximum\":3}}} | {\"a\":3}   | fine",
        "{\"properties\":{\"a\":{\"minLength\":2}}}      | {\"a\":\"x\"}      | a",
        "{\"properties\":{\"a\":{\"maxLength\":1}}}      | {\"a\":\"\uD83D\uDE00\"} | fine",
        "{\"properties\":{\"a\":{\"pattern\":\"^x\"}}}   | {\"a\":\"yx\"}     | a",
        "{\"additionalProperties\":false,\"properties\":{\"a\":{}}} | {\"a\":1,\"b\":{\"c\":[1]},\"d\":2} | b",
        "{\"properties\":{\"l\":{\"required\":[\"x\"]}}} | {\"l\":{\"y\":1}}  | l",
      })
  void findsTheFirstKeyThatBreaksTheSchema(String schema, String json, String expected)
      throws IOException {
    assertThat(violation(schema, json)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]                       | s.json: the schema is no object",
        "{} {}                    | s.json: something follows the schema",
        "{\"anyOf\":[]}           | s.json: anyOf of the schema is not supported",
        "{\"type\":\"text\"}      | s.json: type of the schema is \"text\", which is no type",
        "{\"required\":\"a\"}     | s.json: required of the schema is no list",
        "{\"required\":[1]}       | s.json: required of the schema is no list of texts",
        "{\"enum\":[{}]}          | s.json: enum of the schema holds more than texts and numbers",
        "{\"minimum\":\"1\"}      | s.json: minimum of the schema is no number",
        "{\"additionalProperties\":{}} | s.json: additionalProperties of the schema is neither true nor false",
        "{\"properties\":{\"a\":{\"pattern\":\"(\"}}} | s.json: pattern of \"a\": character 2 of the pattern, the end, should close a group",
        "{\"pattern\":1}          | s.json: pattern of the schema is no text",
      })
  void refusesASchemaThatItDoesNotUnderstand(String schema, String message) {
    assertThatThrownBy(() -> schema(schema))
        .isInstanceOf(UnusableDatabaseException.class)
        .hasMessage(message);
  }

  @Test
  void refusesFilesThatAreNoSchema() {
    assertThatThrownBy(() -> schema("{")).hasMessageStartingWith("s.json: not JSON: ");
    assertThatThrownBy(() -> schema(" ".repeat(SchemaReader.MAX_BYTES + 1)))
        .hasMessageContaining("longer than");
    assertThatThrownBy(() -> schema("{\"items\":".repeat(30) + "{}" + "}".repeat(30)))
        .hasMessageContaining("deeper than");
    var settings = new SchemaSettings(SchemaCheckMode.WARN, Optional.of(folder.resolve("none")));
    assertThatThrownBy(() -> SchemaCheck.open(settings, Profile.FLAT))
        .isInstanceOf(UnusableDatabaseException.class)
        .hasMessageEndingWith("none: no such file");
  }
}
