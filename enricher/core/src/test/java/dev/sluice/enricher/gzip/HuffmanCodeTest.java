package dev.sluice.enricher.gzip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class HuffmanCodeTest {
  private static final int SYMBOLS = 286;

  private static void check(HuffmanCode code, int maxLength) {
    code.build();
    long room = 0;
    int used = 0;
    for (int symbol = 0; symbol < code.lengths.length; symbol++) {
      int length = code.lengths[symbol];
      assertThat(length > 0).isEqualTo(code.counts[symbol] > 0);
      assertThat(length).isLessThanOrEqualTo(maxLength);
      used += length > 0 ? 1 : 0;
      room += length > 0 ? 1L << maxLength - length : 0;
      for (int other = 0; other < code.lengths.length; other++) {
        if (code.counts[other] > code.counts[symbol] && length > 0) {
          if (code.lengths[other] > length) { // rather than an assertion for each pair of symbols
            throw new AssertionError("symbol " + other + " is more usual than " + symbol);
          }
        }
        if (other != symbol && length > 0 && code.lengths[other] >= length) {
          int start = code.words[other] & (1 << length) - 1;
          if (start == code.words[symbol]) {
            throw new AssertionError("the word of " + symbol + " starts that of " + other);
          }
        }
      }
    }
    if (used > 1) {
      assertThat(room).as("no room is left, as decoders want it").isEqualTo(1L << maxLength);
    }
  }

  @Test
  void anyCountsHaveACompleteCodeWithinTheBound() {
    for (int seed = 0; seed < 120; seed++) {
      var random = new Random(seed);
      int maxLength = seed % 3 == 0 ? 9 : 15;
      var code = new HuffmanCode(SYMBOLS, maxLength);
      int steepness = 1 + random.nextInt(24);
      for (int symbol = 0; symbol < SYMBOLS; symbol++) {
        if (random.nextInt(4) > 0) {
          code.counts[symbol] = random.nextInt(1 << random.nextInt(steepness));
        }
      }
      check(code, maxLength);
    }
  }

  @Test
  void countsThatGrowLikeFibonaccisAreCutOff() {
    for (int symbols = 1; symbols < 30; symbols++) {
      var code = new HuffmanCode(SYMBOLS, 7);
      int before = 1;
      int count = 1;
      for (int symbol = 0; symbol < symbols; symbol++) {
        code.counts[symbol] = count;
        count += before;
        before = code.counts[symbol];
      }
      check(code, 7);
    }
  }
}
