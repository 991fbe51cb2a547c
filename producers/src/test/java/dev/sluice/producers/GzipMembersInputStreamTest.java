package dev.sluice.producers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;

class GzipMembersInputStreamTest {
  /** Bytes of a header without optional fields. */
  private static final int HEADER_BYTES = 10;

  @Test
  void readsAllMembersEmptyOnesIncluded() throws IOException {
    assertThat(read(members("first ", "", "second ", "third"))).isEqualTo("first second third");
  }

  @Test
  void readsAllMembersFromASourceThatHasNothingAtHandBetweenThem() throws IOException {
    InputStream pipe =
        new ByteArrayInputStream(members("first ", "second")) {
          @Override
          public synchronized int available() {
            return 0;
          }

          @Override
          public synchronized int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(1, length));
          }
        };

    assertThat(new String(new GzipMembersInputStream(pipe).readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo("first second");
  }

  @Test
  void readsMembersLargerThanItsBuffer() throws IOException {
    byte[] noise = new byte[300_000];
    new Random(7).nextBytes(noise);
    String text = new String(noise, StandardCharsets.ISO_8859_1);

    assertThat(read(members(text, "end"))).isEqualTo(text + "end");
  }

  @Test
  void skipsTheOptionalHeaderFields() throws IOException {
    byte[] plain = members("content");
    byte[] optional = new byte[] {3, 0, 9, 9, 9, 'n', 'a', 0, 'c', 0, 1, 2};
    byte[] full = new byte[plain.length + optional.length];
    System.arraycopy(plain, 0, full, 0, HEADER_BYTES);
    full[3] = 2 | 4 | 8 | 16; // header checksum, extra field, name, comment
    System.arraycopy(optional, 0, full, HEADER_BYTES, optional.length);
    System.arraycopy(
        plain, HEADER_BYTES, full, HEADER_BYTES + optional.length, plain.length - HEADER_BYTES);

    assertThat(read(full)).isEqualTo("content");
  }

  @Test
  void failsOnEveryTruncationButThatBetweenMembers() throws IOException {
    byte[] first = members("first");
    byte[] both = members("first", "second");

    for (int length = 1; length < both.length; length++) {
      byte[] cut = Arrays.copyOf(both, length);
      if (length == first.length) {
        assertThat(read(cut)).isEqualTo("first");
      } else {
        assertThatThrownBy(() -> read(cut))
            .as("cut to %d bytes", length)
            .isInstanceOf(EOFException.class)
            .hasMessageContaining("ends in the middle of member");
      }
    }
  }

  @Test
  void failsOnBytesBehindTheLastMember() throws IOException {
    byte[] padded = Arrays.copyOf(members("first"), 200);

    assertThatThrownBy(() -> read(padded))
        .isInstanceOf(ZipException.class)
        .hasMessage("gzip data is damaged: member 2 does not start as gzip does");
  }

  @Test
  void failsOnAWrongChecksum() throws IOException {
    byte[] damaged = members("first");
    damaged[damaged.length - 5] ^= 1;

    assertThatThrownBy(() -> read(damaged)).hasMessageContaining("member 1 has a wrong checksum");
  }

  @Test
  void failsOnAWrongLength() throws IOException {
    byte[] damaged = members("first");
    damaged[damaged.length - 1] ^= 1;

    assertThatThrownBy(() -> read(damaged)).hasMessageContaining("member 1 has a wrong length");
  }

  @Test
  void neverAnswersWithOtherContentWhateverByteIsDamaged() throws IOException {
    byte[] good = members("first line\nsecond line\n", "third line\n");
    String content = read(good);
    for (int i = 0; i < good.length; i++) {
      byte[] damaged = good.clone();
      damaged[i] ^= 0x55;
      try {
        // time, extra flags and system of a header may change without harm
        assertThat(read(damaged)).as("byte %d damaged", i).isEqualTo(content);
      } catch (ZipException | EOFException expected) {
        assertThat(expected).hasMessageContaining("member");
      }
    }
  }

  private static byte[] members(String... contents) throws IOException {
    var bytes = new ByteArrayOutputStream();
    for (String content : contents) {
      try (var gzip = new GZIPOutputStream(bytes)) {
        gzip.write(content.getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    return bytes.toByteArray();
  }

  private static String read(byte[] gzip) throws IOException {
    try (var in = new GzipMembersInputStream(new ByteArrayInputStream(gzip))) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
