package dev.sluice.enricher.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

class WordsTest {
  private static final int WORDS = 50_000;

  /** Words of neighbours of the values that are asked for. */
  private static byte[] bytes(Random random) {
    byte[] bytes = new byte[Words.BYTES];
    random.nextBytes(bytes);
    byte[] likely = {'.', '/', '-', '0', '9', ':', 0, 1, (byte) 0x80, (byte) 0xFF, (byte) 0xAE};
    for (int k = random.nextInt(Words.BYTES + 1); k > 0; k--) {
      bytes[random.nextInt(Words.BYTES)] = likely[random.nextInt(likely.length)];
    }
    return bytes;
  }

  private static long mask(byte[] bytes, IntPredicate wanted) {
    long mask = 0;
    for (int i = 0; i < bytes.length; i++) {
      mask |= wanted.test(bytes[i] & 0xFF) ? 0x80L << Byte.SIZE * i : 0;
    }
    return mask;
  }

  @Test
  void exactMasksTellOfEveryByte() {
    var random = new Random(29);
    for (int i = 0; i < WORDS; i++) {
      byte[] bytes = bytes(random);
      long word = Words.at(bytes, 0);
      assertThat(Words.findAll(word, Words.of('.'))).isEqualTo(mask(bytes, b -> b == '.'));
      int limit = random.nextInt(128);
      assertThat(Words.findAbove(word, limit)).isEqualTo(mask(bytes, b -> b > limit));
    }
  }

  @Test
  void theFirstByteThatIsNoDigitIsFound() {
    var random = new Random(31);
    for (int i = 0; i < WORDS; i++) {
      byte[] bytes = bytes(random);
      long expected = mask(bytes, b -> b < '0' || b > '9');
      assertThat(Words.first(Words.findNoDigit(Words.at(bytes, 0))))
          .isEqualTo(Words.first(expected));
    }
  }

  @Test
  void eightBitsStandForEightBytes() {
    for (int bits = 0; bits < 256; bits++) {
      long mask = 0;
      for (int i = 0; i < Words.BYTES; i++) {
        mask |= (bits >> i & 1L) << Byte.SIZE * i + 7;
      }
      assertThat(Words.bits(mask)).isEqualTo(bits);
    }
  }

  @Test
  void textsOfEveryLengthAreTheSameUntilAByteDiffers() {
    byte[] one = new byte[300];
    new Random(37).nextBytes(one);
    for (int count = Words.BYTES; count < 200; count++) {
      byte[] other = new byte[300];
      System.arraycopy(one, 5, other, 11, count);
      assertThat(Words.areSame(one, 5, other, 11, count)).as("%d bytes", count).isTrue();
      for (int i = 11; i < 11 + count; i++) {
        other[i] ^= 1;
        if (Words.areSame(one, 5, other, 11, count)) {
          assertThat(i).as("%d bytes differ at", count).isNegative();
        }
        other[i] ^= 1;
      }
    }
  }

  @Test
  void theFirstByteOfTwoWordsIsFoundInEither() {
    for (int first = 0; first <= Words.BYTES; first++) {
      for (int second = 0; second <= Words.BYTES; second++) {
        int expected = first < Words.BYTES ? first : Words.BYTES + second;
        assertThat(Words.first(maskAt(first), maskAt(second))).isEqualTo(expected);
      }
    }
  }

  /** The mask of a byte and of those behind it; of none for the byte behind a word. */
  private static long maskAt(int first) {
    return first == Words.BYTES ? 0 : 0x8080_8080_8080_8080L << first * Byte.SIZE;
  }
}
