package dev.sluice.producers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineReaderTest {
  private static final int MAX = 8;

  @Test
  void endsLinesAtLineFeedWithOrWithoutCarriageReturn() throws IOException {
    assertThat(lines("a\nbc\r\nd\n")).containsExactly("1 a", "2 bc", "3 d");
  }

  @Test
  void countsALastLineWithoutLineFeed() throws IOException {
    assertThat(lines("a\nb")).containsExactly("1 a", "2 b");
  }

  @Test
  void keepsEmptyLines() throws IOException {
    assertThat(lines("\n\r\na\n\n")).containsExactly("1 ", "2 ", "3 a", "4 ");
  }

  @Test
  void findsNoLineInNothing() throws IOException {
    assertThat(lines("")).isEmpty();
  }

  @Test
  void keepsACarriageReturnThatEndsNoLine() throws IOException {
    assertThat(lines("a\rb\r\r\nc\r")).containsExactly("1 a\rb\r", "2 c\r");
  }

  @Test
  void tellsTheLengthOfALineThatIsTooLongAndReadsOn() throws IOException {
    assertThat(lines("12345678\n123456789\r\n12345678\r\n123456789"))
        .containsExactly("1 12345678", "2 too long: 9", "3 12345678", "4 too long: 9");
  }

  @Test
  void measuresALongLineWithoutKeepingIt() throws IOException {
    long length = 3L * Runtime.getRuntime().maxMemory();
    var lines =
        new LineReader(
            new SequenceInputStream(zeros(length), new ByteArrayInputStream("\nok".getBytes())),
            MAX);

    assertThat(lines.next()).isTrue();
    assertThat(lines.tooLong()).isTrue();
    assertThat(lines.length()).isEqualTo(length);
    assertThat(lines.next()).isTrue();
    assertThat(lines.length()).isEqualTo(2);
    assertThat(lines.number()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void agreesWithAnObviousSplitterHoweverTheBytesArrive(long seed) throws IOException {
    var random = new Random(seed);
    var text = new StringBuilder();
    for (int i = 0; i < 200_000; i++) {
      text.append("ab\r\n".charAt(random.nextInt(4)));
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.US_ASCII);

    assertThat(read(trickle(bytes, random))).isEqualTo(expected(text.toString()));
  }

  @Test
  void passesOnAFailureOfTheSource() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("disk on fire");
          }
        };

    assertThatThrownBy(() -> new LineReader(broken, MAX).next()).hasMessage("disk on fire");
  }

  private static List<String> expected(String text) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int feed = text.indexOf('\n', start);
      String line = text.substring(start, feed < 0 ? text.length() : feed);
      if (feed >= 0 && line.endsWith("\r")) {
        line = line.substring(0, line.length() - 1);
      }
      int number = lines.size() + 1;
      lines.add(number + (line.length() > MAX ? " too long: " + line.length() : " " + line));
      start = feed < 0 ? text.length() : feed + 1;
    }
    return lines;
  }

  private static InputStream trickle(byte[] bytes, Random random) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] target, int offset, int length) {
        return super.read(target, offset, Math.min(length, 1 + random.nextInt(5)));
      }
    };
  }

  private static InputStream zeros(long count) {
    return new InputStream() {
      private long left = count;

      @Override
      public int read() {
        return left-- > 0 ? 0 : -1;
      }

      @Override
      public int read(byte[] target, int offset, int length) {
        if (left <= 0) {
          return -1;
        }
        int some = (int) Math.min(length, left);
        left -= some;
        Arrays.fill(target, offset, offset + some, (byte) 0);
        return some;
      }
    };
  }

  private static List<String> lines(String text) throws IOException {
    return read(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)));
  }

  private static List<String> read(InputStream in) throws IOException {
    List<String> found = new ArrayList<>();
    var lines = new LineReader(in, MAX);
    while (lines.next()) {
      found.add(
          lines.number()
              + (lines.tooLong()
                  ? " too long: " + lines.length()
                  : " "
                      + new String(
                          lines.bytes(), 0, (int) lines.length(), StandardCharsets.US_ASCII)));
    }
    return found;
  }

  @Test
  void knowsWhetherTheNextLineWouldHaveToWait() throws IOException {
    var source = new ByteArrayInputStream("one\ntwo\nthr".getBytes(StandardCharsets.US_ASCII));
    var reader = new LineReader(source, 10);
    assertThat(reader.hasMoreAtHand()).isTrue();
    reader.next();
    assertThat(reader.hasMoreAtHand()).isTrue();
    reader.next();
    assertThat(reader.hasMoreAtHand()).isFalse();
  }
}
