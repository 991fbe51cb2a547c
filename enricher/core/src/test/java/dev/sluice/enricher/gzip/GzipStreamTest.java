package dev.sluice.enricher.gzip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Every level gives the same bytes back, and a higher one takes no more room. */
class GzipStreamTest {
  private static final long SEED = 20_261_125;

  @Test
  void everyLevelGivesTheSameBytesBack() throws IOException {
    var random = new Random(SEED);
    var text = new StringBuilder();
    for (int i = 0; i < 5_000; i++) {
      text.append("{\"host\":\"192.0.2.").append(random.nextInt(256)).append("\"}\n");
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    for (int level = 1; level <= 9; level++) {
      byte[] packed = packed(bytes, level);
      try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(packed))) {
        assertThat(unpacked.readAllBytes()).as("level %d", level).isEqualTo(bytes);
      }
    }
    assertThat(packed(bytes, 9)).hasSizeLessThan(packed(bytes, 1).length);
  }

  @Test
  void thereAreNineLevels() {
    for (int level : new int[] {-1, 0, 10}) {
      assertThatThrownBy(() -> packed(new byte[0], level))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("1 to 9");
    }
  }

  private static byte[] packed(byte[] bytes, int level) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var out = GzipStream.of(packed, level)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }
}
