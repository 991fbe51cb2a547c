package dev.sluice.enricher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.enricher.profile.FlatKey;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What holds for every output, whatever the line was. */
final class OutputChecks {
  /** The keys of flat, in the order of the contract. */
  static final List<String> KEYS = Stream.of(FlatKey.values()).map(FlatKey::label).toList();

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
      if (text.chars().anyMatch(OutputChecks::breaksLinesOrTerminals)) {
        throw new AssertionError("control characters or line ends in " + text);
      }
      return STRICT.readTree(text);
    } catch (CharacterCodingException e) {
      throw new AssertionError("not UTF-8", e);
    } catch (java.io.IOException e) {
      throw new AssertionError("not JSON: " + out, e);
    }
  }

  private static boolean breaksLinesOrTerminals(int character) {
    return Character.isISOControl(character) || character == 0x2028 || character == 0x2029;
  }

  static void assertOneJsonLineOrNothing(OutputBuffer out) {
    if (out.length() == 0) {
      return;
    }
    JsonNode json = parse(out);
    if (json.has("ecs")) {
      return; // another profile, with a schema of its own
    }
    List<String> names = new ArrayList<>();
    json.fieldNames().forEachRemaining(names::add);
    List<String> inOrder =
        Stream.concat(
                KEYS.stream().filter(names::contains),
                names.stream().filter(name -> !KEYS.contains(name)))
            .toList();
    assertThat(names).isEqualTo(inOrder);
    for (Map.Entry<String, JsonNode> member : json.properties()) {
      FlatKey.of(member.getKey())
          .ifPresent(
              key -> assertThat(typeOf(key).test(member.getValue())).as(member.getKey()).isTrue());
    }
  }

  private static Predicate<JsonNode> typeOf(FlatKey key) {
    return switch (key.type()) {
      case TEXT -> JsonNode::isTextual;
      case WHOLE_NUMBER -> JsonNode::isIntegralNumber;
      case FLAG -> JsonNode::isBoolean;
      case TEXTS -> JsonNode::isArray;
      case TEXT_BY_NAME, VALUE_BY_NAME, LOCATION -> JsonNode::isObject;
    };
  }

  static void assertHasWhatEveryBuiltInFormatHas(OutputBuffer out) {
    JsonNode json = parse(out);
    if (json.has("ecs")) {
      return;
    }
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
