package dev.sluice.enricher.gzip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.samples.AccessLogOptions;
import dev.sluice.samples.SyntheticAccessLog;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is what java.util.zip reads. */
class TextGzipStreamTest {
  private static final int MAX_DISTANCE = 32 * 1024;

  /** Answers the bytes that it takes. */
  private static int check(byte[] text) throws IOException {
    return check(text, 0, text.length);
  }

  private static int check(byte[] text, int from, int to) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var stream = new TextGzipStream(bytes)) {
      stream.write(text, from, to - from);
    }
    assertThat(unzipped(bytes.toByteArray())).isEqualTo(Arrays.copyOfRange(text, from, to));
    return bytes.size();
  }

  private static byte[] unzipped(byte[] gzip) throws IOException {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
      return in.readAllBytes();
    }
  }

  private static byte[] streamed(byte[] text, Random random) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var stream = new TextGzipStream(bytes)) {
      for (int at = 0; at < text.length; ) {
        int count = Math.min(text.length - at, random.nextInt(5_000));
        if (count == 1) {
          stream.write(text[at]);
        } else {
          stream.write(text, at, count);
        }
        at += count;
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] log(int lines) throws IOException {
    return new SyntheticAccessLog(4, AccessLogOptions.defaults().withOddShare(0.1))
        .asInputStream(lines)
        .readAllBytes();
  }

  private static byte[] random(Random random, int length, int bytes) {
    byte[] text = new byte[length];
    for (int i = 0; i < length; i++) {
      text[i] = (byte) random.nextInt(bytes);
    }
    return text;
  }

  @Test
  void anyLengthOfAnyKindComesBack() throws IOException {
    var random = new Random(1);
    for (int length = 0; length < 400; length++) {
      for (int bytes : new int[] {1, 2, 4, 256}) {
        check(random(random, length, bytes));
      }
    }
  }

  /** Literals, lengths and distances each with counts from one to most of all. */
  @Test
  void anyMixtureComesBack() throws IOException {
    for (int seed = 0; seed < 200; seed++) {
      var random = new Random(seed);
      byte[] text = random(random, 1 + random.nextInt(150_000), 1 + random.nextInt(256));
      for (int copies = random.nextInt(3_000); copies > 0; copies--) {
        int length = Math.min(text.length, 1 + random.nextInt(1 + random.nextInt(600)));
        int from = random.nextInt(text.length - length + 1);
        int to = random.nextInt(text.length - length + 1);
        System.arraycopy(text, from, text, to, length);
      }
      check(text);
      assertThat(unzipped(streamed(text, random))).isEqualTo(text);
    }
  }

  @ParameterizedTest
  @ValueSource(
      ints = {1, 2, 255, 256, 257, 258, MAX_DISTANCE - 1, MAX_DISTANCE, MAX_DISTANCE + 1, 70_000})
  void whatComesAgainAtAnyDistanceComesBack(int distance) throws IOException {
    var random = new Random(distance);
    byte[] text = random(random, 4 * distance + 1_000, 256);
    for (int i = distance; i < text.length; i++) {
      text[i] = text[i - distance];
    }
    int length = check(text);
    assertThat(unzipped(streamed(text, random))).isEqualTo(text);
    if (distance <= MAX_DISTANCE && text.length > 10_000) {
      assertThat(length).isLessThan(distance + text.length / 40 + 1_000);
    }
  }

  /** Counts of Fibonacci make words as long as there are bytes; 15 bits are the most. */
  @Test
  void wordsAreBounded() throws IOException {
    var text = new ByteArrayOutputStream();
    int count = 1;
    int before = 1;
    for (int value = 0; value < 24; value++) {
      for (int i = 0; i < count; i++) {
        text.write(value);
      }
      int next = count + before;
      before = count;
      count = next;
    }
    byte[] bytes = text.toByteArray();
    var random = new Random(2);
    for (int i = bytes.length - 1; i > 0; i--) { // shuffled, so that little comes again
      int other = random.nextInt(i + 1);
      byte value = bytes[i];
      bytes[i] = bytes[other];
      bytes[other] = value;
    }
    check(bytes);
  }

  @Test
  void aPartOfAnArrayIsTaken() throws IOException {
    byte[] text = log(50);
    check(text, 17, text.length - 5);
    check(text, 40, 40);
  }

  @Test
  void aLogIsAboutAsSmallAsByZlibsFirstLevelAndRandomBytesHardlyGrow() throws IOException {
    byte[] text = log(20_000);
    int length = check(text);
    var deflater = new Deflater(1, true);
    deflater.setInput(text);
    deflater.finish();
    int byZlib = deflater.deflate(new byte[text.length]);
    deflater.end();
    assertThat(length).isLessThan(byZlib);
    assertThat(streamed(text, new Random(3)).length).isLessThan(byZlib);

    byte[] noise = random(new Random(5), 500_000, 256);
    assertThat(check(noise)).isLessThan(noise.length + noise.length / 200);
  }

  @Test
  void aStreamIsWrittenInPieces() throws IOException {
    var bytes = new ByteArrayOutputStream();
    var stream = new TextGzipStream(bytes);
    byte[] text = random(new Random(6), 1_000_000, 256);
    stream.write(text);
    assertThat(bytes.size()).isGreaterThan(text.length / 2);
    stream.close();
    stream.close();
    assertThat(unzipped(bytes.toByteArray())).isEqualTo(text);
    assertThatThrownBy(() -> stream.write(1)).isInstanceOf(IOException.class);
  }

  @Test
  void anEmptyStreamIsAnEmptyText() throws IOException {
    assertThat(unzipped(streamed(new byte[0], new Random(7)))).isEmpty();
    var bytes = new ByteArrayOutputStream();
    new GZIPOutputStream(bytes).close();
    assertThat(streamed(new byte[0], new Random(7)).length).isLessThan(bytes.size() + 20);
  }
}
