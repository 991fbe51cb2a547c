package dev.sluice.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LineFingerprintTest {

  @Test
  void sameLinesInAnotherOrderMatch() {
    assertThat(of("a", "b", "b").matches(of("b", "a", "b"))).isTrue();
  }

  @Test
  void aLineLostDoubledOrChangedDoesNotMatch() {
    LineFingerprint lines = of("a", "b", "b");
    for (String[] other : List.of(w("a", "b"), w("a", "a", "b"), w("a", "b", "c"), w("ab", "b"))) {
      assertThat(lines.matches(of(other))).as(String.join(",", other)).isFalse();
    }
  }

  private static String[] w(String... lines) {
    return lines;
  }

  private static LineFingerprint of(String... lines) {
    var fingerprint = new LineFingerprint();
    for (String line : lines) {
      byte[] bytes = (">" + line + "<").getBytes(UTF_8);
      fingerprint.add(bytes, 1, bytes.length - 1);
    }
    return fingerprint;
  }
}
