package dev.sluice.enricher.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Words find what a look at each byte finds. */
class ByteSearchTest {
  private static final long SEED = 20_251_124;
  private static final int TEXTS = 200_000;

  /** Wanted ones, their neighbours, and those that borrow and carry. */
  private static final byte[] BYTES = {
    ' ', '!', 0x1F, '"', '#', '?', '/', '.', '\\', '[', ']', 'a', 0, 1, 0x7E, 0x7F, -128, -1
  };

  private static final char[] WANTED = {' ', '"', '\\', '/', '?', '#', '.', ';'};

  private final Random random = new Random(SEED);

  @Test
  void findsTheFirstAndTheLastOfACharacter() {
    for (int i = 0; i < TEXTS; i++) {
      byte[] text = text();
      int from = random.nextInt(text.length + 1);
      int to = from + random.nextInt(text.length - from + 1);
      char one = WANTED[random.nextInt(WANTED.length)];
      char other = WANTED[random.nextInt(WANTED.length)];
      int first = from;
      while (first < to && text[first] != one) {
        first++;
      }
      int firstOfEither = from;
      while (firstOfEither < to && text[firstOfEither] != one && text[firstOfEither] != other) {
        firstOfEither++;
      }
      int last = to - 1;
      while (last >= from && text[last] != one) {
        last--;
      }
      assertThat(ByteSearch.indexOf(one, text, from, to)).isEqualTo(first);
      assertThat(ByteSearch.indexOfEither(one, other, text, from, to)).isEqualTo(firstOfEither);
      assertThat(ByteSearch.lastIndexOf(one, text, from, to)).isEqualTo(last);
    }
  }

  @Test
  void tellsWhichByteOfAWordIsSpecialInJson() {
    for (int b = 0; b < 256; b++) {
      boolean special = b < 0x20 || b >= 0x7F || b == '"' || b == '\\';
      for (int place = 0; place < Words.BYTES; place++) {
        byte[] text = "abcdefgh".getBytes(StandardCharsets.US_ASCII);
        text[place] = (byte) b;
        assertThat(Words.first(Words.findSpecial(Words.at(text, 0))))
            .as("byte %d at %d", b, place)
            .isEqualTo(special ? place : Words.BYTES);
      }
    }
  }

  private byte[] text() {
    byte[] text = new byte[random.nextInt(40)];
    boolean plain = random.nextBoolean();
    for (int i = 0; i < text.length; i++) {
      text[i] = plain && random.nextInt(8) != 0 ? (byte) 'x' : BYTES[random.nextInt(BYTES.length)];
    }
    return text;
  }
}
