package dev.sluice.producers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ZstdInputTest {

  private static final String LINES = "a line of a log\n".repeat(50_000);

  @Test
  void readsZstandardByItsFirstBytes() throws IOException {
    assertThat(read(zstd(LINES))).isEqualTo(LINES);
  }

  @Test
  void readsAllFramesOfAFile() throws IOException {
    var frames = new ByteArrayOutputStream();
    frames.write(zstd(LINES));
    frames.write(zstd("one more\n"));
    assertThat(read(frames.toByteArray())).isEqualTo(LINES + "one more\n");
  }

  @Test
  void neverTakesATruncatedOrDamagedFileForAWholeOne() throws IOException {
    byte[] whole = zstd(LINES);
    assertThatThrownBy(() -> read(Arrays.copyOf(whole, whole.length / 2)))
        .isInstanceOf(IOException.class);
    byte[] damaged = whole.clone();
    Arrays.fill(damaged, 10, damaged.length, (byte) 0x7f);
    assertThatThrownBy(() -> read(damaged)).isInstanceOf(IOException.class);
  }

  @Test
  void takesShortFilesAsTheyAre() throws IOException {
    for (String text : new String[] {"", "a", "ab", "abc", "(\n"}) {
      assertThat(read(text.getBytes(UTF_8))).isEqualTo(text);
    }
  }

  private static String read(byte[] file) throws IOException {
    try (ReplayInput input = ReplayInput.of(new ByteArrayInputStream(file))) {
      return new String(input.content().readAllBytes(), UTF_8);
    }
  }

  private static byte[] zstd(String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new ZstdOutputStream(bytes)) {
      out.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }
}
