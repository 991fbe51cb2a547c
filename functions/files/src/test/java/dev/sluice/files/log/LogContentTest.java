package dev.sluice.files.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Packed content of any shape, whole, cut at every place, and by a way that breaks. */
class LogContentTest {
  private static byte[] members(String... texts) throws IOException {
    var bytes = new ByteArrayOutputStream();
    for (String text : texts) {
      try (var gzip = new GZIPOutputStream(bytes)) {
        gzip.write(text.getBytes(UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  /** Never says that anything is at hand, as the stream of an S3 client does. */
  private static InputStream quiet(byte[] bytes) {
    return new FilterInputStream(new ByteArrayInputStream(bytes)) {
      @Override
      public int available() {
        return 0;
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        return super.read(target, offset, Math.min(length, 7));
      }
    };
  }

  private static String read(byte[] packed, long length) throws IOException {
    try (LogContent content = LogContent.open("a.log", quiet(packed), length, 1_000)) {
      return new String(content.readAllBytes(), UTF_8);
    }
  }

  @Test
  void allMembers() throws IOException {
    byte[] packed = members("one\n", "", "two\n", "three");
    assertThat(read(packed, packed.length)).isEqualTo("one\ntwo\nthree");
    byte[] plain = "plain".getBytes(UTF_8);
    assertThat(read(plain, plain.length)).isEqualTo("plain");
  }

  @Test
  void neverASilentSuccessWhereverItIsCut() throws IOException {
    byte[] first = members("one\n");
    byte[] packed = members("one\n", "two\n");
    for (int length = 2; length < packed.length; length++) {
      byte[] cut = Arrays.copyOf(packed, length);
      if (length == first.length) {
        assertThat(read(cut, length)).isEqualTo("one\n"); // a whole file
      } else {
        int bytes = length;
        assertThatThrownBy(() -> read(cut, bytes))
            .as("%d bytes", length)
            .isInstanceOf(BrokenContentException.class);
      }
    }
  }

  @Test
  void anAnswerThatEndsEarlyIsNotTheFile() throws IOException {
    byte[] packed = members("one\n");
    assertThatThrownBy(() -> read(packed, packed.length + 1L))
        .isInstanceOf(SourceBrokenException.class);
    assertThatThrownBy(() -> read(Arrays.copyOf(packed, 12), packed.length))
        .isInstanceOf(SourceBrokenException.class);
  }

  @Test
  void theBoundIsExact() throws IOException {
    byte[] most = members("x".repeat(1_000));
    assertThat(read(most, most.length)).hasSize(1_000);
    byte[] more = members("x".repeat(1_001));
    assertThatThrownBy(() -> read(more, more.length)).hasMessageContaining("more than 1000 bytes");
  }
}
