package dev.sluice.files.log;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Blocks against the plain way to split lines, by sources that give as little as they like. */
class LineBlocksTest {
  private static final int MAX_LINE_BYTES = 1_000;

  /** Gives from one byte to all of what it is asked for. */
  private static InputStream trickle(String text, Random random) {
    return new FilterInputStream(new ByteArrayInputStream(text.getBytes(ISO_8859_1))) {
      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        return super.read(target, offset, 1 + random.nextInt(length));
      }
    };
  }

  /** Each line, and of one that is cut its start and length. */
  private static List<String> lines(String text, Random random) throws IOException {
    var blocks = new LineBlocks(trickle(text, random), MAX_LINE_BYTES);
    var lines = new ArrayList<String>();
    while (blocks.next()) {
      if (blocks.isCut()) {
        lines.add(
            new String(blocks.bytes(), 0, MAX_LINE_BYTES, ISO_8859_1) + ":" + blocks.cutLength());
        continue;
      }
      String block = new String(blocks.bytes(), 0, blocks.length(), ISO_8859_1);
      String whole = block.endsWith("\n") ? block.substring(0, block.length() - 1) : block;
      lines.addAll(List.of(whole.split("\n", -1)));
    }
    return lines;
  }

  private static List<String> plainly(String text) {
    var lines = new ArrayList<String>();
    String whole = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    if (!text.isEmpty()) {
      for (String line : whole.split("\n", -1)) {
        boolean cut = line.length() >= LineBlocks.BLOCK_BYTES + MAX_LINE_BYTES;
        String kept = line.replaceFirst("\r+$", "");
        lines.add(cut ? line.substring(0, MAX_LINE_BYTES) + ":" + kept.length() : line);
      }
    }
    return lines;
  }

  @Test
  void anyTextAtAnyPace() throws IOException {
    var random = new Random(20_261_122);
    int[] lengths = {0, 1, 50, 999, 1_000, 5_000, 300_000, 700_000};
    for (int round = 0; round < 60; round++) {
      var text = new StringBuilder();
      int count = random.nextInt(12);
      for (int i = 0; i < count; i++) {
        int length = lengths[random.nextInt(lengths.length)];
        text.append(Character.toString('a' + random.nextInt(26)).repeat(length));
        text.append("\r".repeat(random.nextInt(3) / 2));
        if (i < count - 1 || random.nextBoolean()) {
          text.append('\n');
        }
      }
      assertThat(lines(text.toString(), random).equals(plainly(text.toString())))
          .as("round %d", round)
          .isTrue();
    }
  }
}
