package dev.sluice.producers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PartitionKeysTest {
  @Test
  void takesTheClientAddress() {
    PartitionKeys keys = PartitionKeys.clientAddress();

    assertThat(key(keys, "203.0.113.42 - - [28/Oct/2025:10:15:30 +0000]"))
        .isEqualTo("203.0.113.42");
    assertThat(key(keys, "2001:db8::1\t- -")).isEqualTo("2001:db8::1");
    assertThat(key(keys, "alone")).isEqualTo("alone");
  }

  @Test
  void cutsTheClientAddressToTheLongestKey() {
    assertThat(key(PartitionKeys.clientAddress(), "x".repeat(300))).isEqualTo("x".repeat(256));
  }

  @Test
  void makesAKeyOfAnyBytes() {
    byte[] line = {(byte) 0xff, (byte) 0xc3, ' '};

    assertThat(PartitionKeys.clientAddress().keyOf(line, 3, 1)).isEqualTo("\u00ff\u00c3");
  }

  @Test
  void ignoresWhatTheBufferHoldsBehindTheLine() {
    byte[] buffer = "10.0.0.7".getBytes(StandardCharsets.US_ASCII);

    assertThat(PartitionKeys.clientAddress().keyOf(buffer, 4, 1)).isEqualTo("10.0");
  }

  @Test
  void spreadsLinesWithoutAClientAddressByTheirNumber() {
    PartitionKeys keys = PartitionKeys.clientAddress();

    assertThat(keys.keyOf(new byte[0], 0, 17)).isEqualTo("17");
    assertThat(keys.keyOf(" x".getBytes(StandardCharsets.US_ASCII), 2, 18)).isEqualTo("18");
  }

  @Test
  void repeatsRandomKeysForTheSameSeed() {
    PartitionKeys one = PartitionKeys.random(new SplittableRandom(5));
    PartitionKeys same = PartitionKeys.random(new SplittableRandom(5));

    String first = key(one, "a");
    assertThat(first).hasSize(16).isEqualTo(key(same, "b"));
    assertThat(key(one, "a")).isNotEqualTo(first).isEqualTo(key(same, "b"));
  }

  @Test
  void countsTheCharactersOfAConstantKey() {
    assertThat(key(PartitionKeys.constant("k"), "any")).isEqualTo("k");
    PartitionKeys.constant("\uD83D\uDE00".repeat(256));
    assertThatThrownBy(() -> PartitionKeys.constant("")).hasMessageContaining("0 characters");
    assertThatThrownBy(() -> PartitionKeys.constant("x".repeat(257)))
        .hasMessageContaining("257 characters");
  }

  private static String key(PartitionKeys keys, String line) {
    byte[] bytes = line.getBytes(StandardCharsets.US_ASCII);
    return keys.keyOf(bytes, bytes.length, 1);
  }
}
