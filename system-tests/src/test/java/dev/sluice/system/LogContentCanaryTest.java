package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.samples.AccessLogOptions;
import dev.sluice.samples.SyntheticAccessLog;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The canary has to be able to sing. */
class LogContentCanaryTest {
  private static final int LINES = 100;

  private final LogContentCanary canary = new LogContentCanary();

  @BeforeEach
  void learn() {
    canary.learn(log(), LINES);
  }

  private static SyntheticAccessLog log() {
    return new SyntheticAccessLog(
        1, AccessLogOptions.defaults().withIds().withOddShare(0).withBrokenShare(0));
  }

  @Test
  void isSilentAboutWhatTheConsumerPrintsInPeace() {
    canary.assertSilent(
        "2026-11-20T13:19:13.561Z INFO dev.sluice.consumer - shardId-000000000003: another run has"
            + " committed up to 49039857307708443467467104998166299258446455491491004466.0");
  }

  @Test
  void findsALineAsItIs() {
    assertFound(new String(log().nextLine(), StandardCharsets.UTF_8));
  }

  @Test
  void findsALineInBase64WhereverItStarts() {
    byte[] line = log().nextLine();
    for (int shift = 0; shift < 3; shift++) {
      byte[] shifted = new byte[line.length + shift];
      System.arraycopy(line, 0, shifted, shift, line.length);
      assertFound(Base64.getEncoder().encodeToString(shifted));
    }
  }

  @Test
  void findsAnAddress() {
    String line = new String(log().nextLine(), StandardCharsets.UTF_8);
    assertFound("client [" + line.substring(0, line.indexOf(' ')) + "]");
  }

  @Test
  void findsAUserAgent() {
    String[] quoted = new String(log().nextLine(), StandardCharsets.UTF_8).split("\"");
    assertFound("unknown agent " + quoted[quoted.length - 1]);
  }

  private void assertFound(String printed) {
    assertThatThrownBy(() -> canary.assertSilent("12:00 WARN " + printed))
        .isInstanceOf(AssertionError.class);
  }
}
