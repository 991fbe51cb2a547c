package dev.sluice.lookups;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.enricher.steps.RejectMask;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ReferenceItemTest {
  private static final List<String> ATTRIBUTES = List.of("b", "a", "c");

  private static String json(Map<String, AttributeValue> item) {
    return json(item, RejectMask.none());
  }

  private static String json(Map<String, AttributeValue> item, RejectMask mask) {
    Answer answer = new ReferenceItem(ATTRIBUTES, mask).answer(item);
    return answer == Answer.ABSENT ? "ABSENT" : new String(answer.json(), UTF_8);
  }

  @Test
  void takesTextsNumbersAndFlagsInTheOrderOfTheSetting() {
    assertThat(
            json(
                Map.of(
                    "a",
                    AttributeValue.fromN("-1.5E+3"),
                    "b",
                    AttributeValue.fromS("x"),
                    "c",
                    AttributeValue.fromBool(true),
                    "id",
                    AttributeValue.fromS("not asked for"))))
        .isEqualTo("{\"b\":\"x\",\"a\":-1.5E+3,\"c\":true}");
  }

  @Test
  void leavesOutWhatIsNeither() {
    assertThat(
            json(
                Map.of(
                    "a",
                    AttributeValue.fromL(List.of(AttributeValue.fromS("x"))),
                    "b",
                    AttributeValue.fromNul(true),
                    "c",
                    AttributeValue.fromN("3"))))
        .isEqualTo("{\"c\":3}");
    assertThat(
            json(
                Map.of(
                    "a",
                    AttributeValue.fromB(SdkBytes.fromUtf8String("x")),
                    "b",
                    AttributeValue.fromSs(List.of("x")),
                    "c",
                    AttributeValue.fromM(Map.of()))))
        .isEqualTo("ABSENT");
    assertThat(json(Map.of())).isEqualTo("ABSENT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "", ".5", "+1", "01", "1,\"x\":2", "1e9999"})
  void aNumberThatIsNoneInJsonIsLeftOut(String number) {
    assertThat(json(Map.of("a", AttributeValue.fromN(number)))).isEqualTo("ABSENT");
  }

  @Test
  void textsAreEscaped() {
    assertThat(json(Map.of("a", AttributeValue.fromS("\"}\n\u2028{\\"))))
        .isEqualTo("{\"a\":\"\\\"}\\n\\u2028{\\\\\"}");
  }

  @Test
  void whatWouldMakeItTooLongIsLeftOut() {
    int room = ReferenceItem.MAX_BYTES - "{\"b\":\"\"}".length();
    assertThat(json(Map.of("b", AttributeValue.fromS("x".repeat(room)))))
        .hasSize(ReferenceItem.MAX_BYTES);
    assertThat(
            json(
                Map.of(
                    "b",
                    AttributeValue.fromS("x".repeat(room + 1)),
                    "a",
                    AttributeValue.fromS("fits"))))
        .isEqualTo("{\"a\":\"fits\"}");
  }

  @Test
  void textsAreMaskedAsLinesAre() {
    RejectMask mask =
        Masks.of(
            Map.of(
                "MASK",
                "emails",
                "ANONYMISATION",
                "truncate",
                "ANONYMISATION_WITHOUT_GEO",
                "true"));
    assertThat(json(Map.of("a", AttributeValue.fromS("joe@example.com at 192.0.2.77")), mask))
        .contains("192.0.2.0")
        .doesNotContain("joe", "77");
  }
}
