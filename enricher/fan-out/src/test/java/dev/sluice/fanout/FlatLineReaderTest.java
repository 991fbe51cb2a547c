package dev.sluice.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FlatLineReaderTest {
  private final FlatLineReader reader = new FlatLineReader();

  private Optional<LineFacts> read(String json) {
    byte[] bytes = ("xx" + json + "yy").getBytes(StandardCharsets.UTF_8);
    return reader.read(bytes, 2, bytes.length - 2);
  }

  @Test
  void readsTheFactsAndSkipsTheRest() {
    assertThat(
            read(
                "{\"host\":\"192.0.2.1\",\"response\":\"503\",\"location\":{\"lat\":1,\"host\":2},"
                    + "\"country\":\"C\u00f4te d'Ivoire\",\"webpage\":\"a\\\"b\",\"device_type\":\"tv\","
                    + "\"epoch_millis\":1761646530999,\"warnings\":[\"extra_fields\","
                    + "\"anomalous_error_rate\"],\"x\":[{\"host\":\"no\"}]}"))
        .contains(
            new LineFacts(
                1_761_646_530L, 503, true, "192.0.2.1", "C\u00f4te d'Ivoire", "a\"b", "tv"));
  }

  @Test
  void whatIsNotThereIsAbsent() {
    var nothing = new LineFacts(LineFacts.NO_TIME, 0, false, null, null, null, null);
    assertThat(read("{}")).contains(nothing);
    assertThat(
            read(
                "{\"host\":7,\"response\":\"2x0\",\"country\":null,\"epoch_millis\":\"1\","
                    + "\"warnings\":{\"a\":1},\"webpage\":[1],\"device_type\":{}}"))
        .contains(nothing);
    assertThat(read("{\"response\":\"1234\",\"warnings\":[\"extra_fields\",[1]]}"))
        .contains(nothing);
  }

  @Test
  void whatIsNoObjectHasNoFacts() {
    for (String text :
        new String[] {
          "", "[]", "7", "{\"host\":", "{\"host\" 1}", "{\"epoch_millis\":99999999999999999999}"
        }) {
      assertThat(read(text)).as(text).isEmpty();
    }
  }

  @Test
  void cutsLongValuesBetweenCharacters() {
    String page = "p".repeat(FlatLineReader.MAX_VALUE_CHARS - 1) + "\ud83d\ude00";
    assertThat(read("{\"webpage\":\"" + page + "\"}").orElseThrow().page())
        .isEqualTo("p".repeat(FlatLineReader.MAX_VALUE_CHARS - 1));
    assertThat(read("{\"webpage\":\"" + "q".repeat(500) + "\"}").orElseThrow().page())
        .hasSize(FlatLineReader.MAX_VALUE_CHARS);
  }
}
