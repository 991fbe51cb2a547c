package dev.sluice.consumer.sinks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartitionKeysTest {
  private static String key(String field, String line) {
    return new PartitionKeys(field, new Random(3)).of(line.getBytes(StandardCharsets.UTF_8));
  }

  private static final String RANDOM = Long.toHexString(new Random(3).nextLong());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "host    | {\"host\":\"192.0.2.1\",\"n\":1}       | 192.0.2.1",
        "n       | {\"host\":{\"n\":\"inner\"},\"n\":15}  | 15",
        "agent   | {\"agent\":\"J\\u00f6rg \\\"x\\\"\"}   | J\u00f6rg \"x\"",
      })
  void takesTheValueOfTheTopLevelKey(String field, String line, String expected) {
    assertThat(key(field, line)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "random | {\"random\":\"192.0.2.1\"}",
        "host   | {}",
        "host   | {\"host\":\"\"}",
        "host   | {\"host\":[1]}",
        "host   | {\"geo\":{\"host\":\"inner\"}}",
      })
  void isRandomWhereThereIsNone(String field, String line) {
    assertThat(key(field, line)).isEqualTo(RANDOM);
  }

  @Test
  void hasAtMost256CharactersAndCutsNoPair() {
    assertThat(key("h", "{\"h\":\"" + "x".repeat(300) + "\"}")).isEqualTo("x".repeat(256));
    String pairs = "x" + "\ud83d\ude00".repeat(200);
    assertThat(key("h", "{\"h\":\"" + pairs + "\"}")).isEqualTo(pairs.substring(0, 255));
  }
}
