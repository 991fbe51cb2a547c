package dev.sluice.cli.enrich;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.producers.LineReader;
import dev.sluice.producers.ReplayInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkReaderTest {
  private static final int MAX_LINE_BYTES = 10;

  /** A line as a reader tells it: number, true length, and what was kept of it. */
  private record Told(long number, long length, String text) {
    static Told of(long number, long length, byte[] bytes, int from, int to) {
      int kept = Math.min(to, from + MAX_LINE_BYTES);
      return new Told(number, length, new String(bytes, from, kept - from, ISO_8859_1));
    }
  }

  private static InputFile file(InputStream content) {
    return new InputFile("-", content);
  }

  private static List<Told> byChunks(InputStream content, int chunkBytes, List<String> failures)
      throws IOException {
    var told = new ArrayList<Told>();
    InputFile file = file(content);
    try (ReplayInput input = file.open()) {
      var reader = new ChunkReader(file, input, MAX_LINE_BYTES, chunkBytes);
      var chunk = new Chunk(chunkBytes);
      while (reader.next(chunk)) {
        add(chunk, told);
        if (chunk.failure() != null) {
          failures.add(chunk.failure().getMessage() + " after " + told.size());
        }
      }
    }
    return told;
  }

  private static void add(Chunk chunk, List<Told> told) {
    int before = told.size();
    assertThat(chunk.firstLine()).isEqualTo(before + 1L);
    byte[] bytes = chunk.bytes();
    if (chunk.cutLineBytes() != Chunk.NOT_CUT) {
      told.add(Told.of(chunk.firstLine(), chunk.cutLineBytes(), bytes, 0, chunk.length()));
    } else {
      int from = 0;
      while (from < chunk.length()) {
        int lineFeed = LineFeeds.first(bytes, from, chunk.length());
        int to = lineFeed;
        while (to > from && bytes[to - 1] == '\r') {
          to--;
        }
        told.add(Told.of(told.size() + 1L, to - from, bytes, from, to));
        from = lineFeed + 1;
      }
    }
    assertThat(told).hasSize(before + chunk.lines());
  }

  private static List<Told> byLineReader(InputStream content, List<String> failures) {
    var told = new ArrayList<Told>();
    var reader = new LineReader(content, MAX_LINE_BYTES);
    try {
      while (reader.next()) {
        int kept = (int) Math.min(reader.textLength(), MAX_LINE_BYTES + 1L);
        told.add(Told.of(reader.number(), reader.textLength(), reader.bytes(), 0, kept));
      }
    } catch (IOException broken) {
      failures.add(broken.getMessage() + " after " + reader.number());
    }
    return told;
  }

  @ParameterizedTest
  @ValueSource(ints = {11, 12, 13, 16, 31, 64, 1024, 100_000})
  void tellsTheSameLinesAsTheLineReader(int chunkBytes) throws IOException {
    var dice = new SplittableRandom(chunkBytes);
    for (int round = 0; round < 3_000; round++) {
      byte[] text = text(dice, dice.nextInt(120));
      String shown = new String(text, ISO_8859_1).replace("\r", "\\r").replace("\n", "\\n");
      var failures = new ArrayList<String>();
      assertThat(byChunks(new ByteArrayInputStream(text), chunkBytes, failures))
          .as(shown)
          .isEqualTo(byLineReader(new ByteArrayInputStream(text), failures));
      assertThat(failures).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {11, 13, 31, 100_000})
  void aBrokenInputGivesItsWholeLinesAndThenItsFailureOnce(int chunkBytes) throws IOException {
    var dice = new SplittableRandom(chunkBytes);
    for (int round = 0; round < 1_000; round++) {
      byte[] text = text(dice, 5 + dice.nextInt(80));
      var byChunks = new ArrayList<String>();
      var byLines = new ArrayList<String>();
      assertThat(byChunks(breakingAfter(text), chunkBytes, byChunks))
          .isEqualTo(byLineReader(breakingAfter(text), byLines));
      assertThat(byChunks).isEqualTo(byLines).hasSize(1);
    }
  }

  @Test
  void aChunkHoldsABoundedNumberOfLines() throws IOException {
    byte[] text = "\n".repeat(3 * ChunkReader.MAX_LINES + 5).getBytes(ISO_8859_1);
    InputFile file = file(new ByteArrayInputStream(text));
    var lines = new ArrayList<Integer>();
    try (ReplayInput input = file.open()) {
      var reader = new ChunkReader(file, input, MAX_LINE_BYTES, 1 << 20);
      var chunk = new Chunk(1 << 20);
      while (reader.next(chunk)) {
        lines.add(chunk.lines());
      }
    }
    int most = ChunkReader.MAX_LINES;
    assertThat(lines).containsExactly(most, most, most, 5);
  }

  @Test
  void aLineOfAGrowingLogIsTakenBeforeMoreComes() throws IOException {
    var first = new ByteArrayInputStream("one\ntwo\nthr".getBytes(ISO_8859_1));
    InputStream never =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("it waited for more");
          }
        };
    InputFile file = file(new SequenceInputStream(first, never));
    try (ReplayInput input = file.open()) {
      var reader = new ChunkReader(file, input, MAX_LINE_BYTES, 1024);
      var chunk = new Chunk(1024);
      assertThat(reader.next(chunk)).isTrue();
      assertThat(chunk.lines()).isEqualTo(2);
      assertThat(chunk.failure()).isNull();
    }
  }

  @Test
  void aChunkMustHoldTheLongestLine() throws IOException {
    InputFile file = file(new ByteArrayInputStream(new byte[0]));
    try (ReplayInput input = file.open()) {
      assertThatThrownBy(() -> new ChunkReader(file, input, 10, 10))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** Short and long lines, empty ones, CRs anywhere, with or without a last LF. */
  private static byte[] text(SplittableRandom dice, int length) {
    String letters = "\n\r\nabcdefg\r"; // never looks compressed
    var text = new byte[length];
    for (int i = 0; i < length; i++) {
      boolean common = dice.nextInt(4) > 0;
      text[i] = (byte) (common ? 'x' : letters.charAt(dice.nextInt(letters.length())));
    }
    return text;
  }

  private static InputStream breakingAfter(byte[] text) {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("broken");
          }
        };
    return new SequenceInputStream(new ByteArrayInputStream(text), broken);
  }
}
