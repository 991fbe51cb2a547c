package dev.sluice.cli.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LineFeedsTest {

  @Test
  void findsAndCountsWhatALoopFindsAndCounts() {
    var dice = new SplittableRandom(1);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = new byte[dice.nextInt(40)];
      for (int i = 0; i < bytes.length; i++) {
        // neighbours of LF, with and without the high bit, are where such tricks go wrong
        bytes[i] = (byte) (dice.nextInt(3) == 0 ? '\n' : dice.nextInt(256));
        bytes[i] = dice.nextInt(4) == 0 ? (byte) ('\n' + 1 | dice.nextInt(2) << 7) : bytes[i];
      }
      int from = dice.nextInt(bytes.length + 1);
      int to = from + dice.nextInt(bytes.length - from + 1);
      int first = to;
      int last = LineFeeds.NONE;
      int count = 0;
      for (int i = to - 1; i >= from; i--) {
        if (bytes[i] == '\n') {
          first = i;
          last = Math.max(last, i);
          count++;
        }
      }
      assertThat(LineFeeds.first(bytes, from, to)).isEqualTo(first);
      assertThat(LineFeeds.last(bytes, from, to)).isEqualTo(last);
      assertThat(LineFeeds.count(bytes, from, to)).isEqualTo(count);
    }
  }
}
