package dev.sluice.enricher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What holds for every output, whatever the line was. */
final class OutputChecks {
  /** The keys of flat, in the order of the contract. */
  static final List<String> KEYS =
      List.of(
          "host",
          "datetime",
          "request",
          "response",
          "bytes",
          "referer",
          "agent",
          "city",
          "country",
          "location",
          "os",
          "browser",
          "device_type",
          "webpage",
          "refering_page");

  private static final ObjectMapper STRICT =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  private OutputChecks() {}

  static JsonNode parse(OutputBuffer out) {
    try {
      // A fresh decoder reports malformed bytes instead of replacing them.
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(out.array(), 0, out.length()))
              .toString();
      assertThat(text.codePoints().filter(OutputChecks::breaksLinesOrTerminals).toArray())
          .as("control characters and line ends in %s", text)
          .isEmpty();
      return STRICT.readTree(text);
    } catch (CharacterCodingException e) {
      throw new AssertionError("not UTF-8", e);
    } catch (java.io.IOException e) {
      throw new AssertionError("not JSON: " + out, e);
    }
  }

  private static boolean breaksLinesOrTerminals(int codePoint) {
    return Character.isISOControl(codePoint) || codePoint == 0x2028 || codePoint == 0x2029;
  }

  static void assertOneJsonLineOrNothing(OutputBuffer out) {
    if (out.length() == 0) {
      return;
    }
    JsonNode json = parse(out);
    List<String> names = new ArrayList<>();
    json.fieldNames().forEachRemaining(names::add);
    List<String> inOrder = KEYS.stream().filter(names::contains).toList();
    assertThat(names).isEqualTo(inOrder);
    json.properties()
        .forEach(
            field ->
                assertThat(field.getValue().isTextual())
                    .as(field.getKey())
                    .isEqualTo(!field.getKey().equals("location")));
  }

  static void assertHasWhatEveryBuiltInFormatHas(OutputBuffer out) {
    JsonNode json = parse(out);
    assertThat(List.of("host", "datetime", "request", "response")).allMatch(json::has);
  }

  /** The outcome fits the output and the line. */
  static void assertSane(Outcome outcome, int lineLength, OutputBuffer out) {
    if (outcome instanceof Outcome.Rejected rejected) {
      assertThat(rejected.offset()).isBetween(0, lineLength);
      assertThat(out.length()).isZero();
    } else {
      assertThat(out.length()).isPositive();
      assertOneJsonLineOrNothing(out);
    }
  }
}
