package dev.sluice.firehose.event;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.enricher.bytes.ByteSearch;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The JDK is the judge. */
class Base64TextTest {
  private static final long SEED = 20_261_121;
  private static final int MARGIN = 3;

  @Test
  void encodesAsTheJdkDoesAtEveryLengthAndPlace() {
    var random = new Random(SEED);
    for (int length = 0; length < 100; length++) {
      for (int offset = 0; offset < 3; offset++) {
        for (int behind : new int[] {0, 1, 2, 9}) {
          byte[] bytes = new byte[offset + length + behind];
          random.nextBytes(bytes);
          byte[] expected =
              Base64.getEncoder().encode(Arrays.copyOfRange(bytes, offset, offset + length));
          assertThat(Base64Text.encodedLength(length)).isEqualTo(expected.length);

          byte[] out = new byte[MARGIN + expected.length];
          int end = Base64Text.encode(bytes, offset, offset + length, out, MARGIN);

          assertThat(Arrays.copyOfRange(out, MARGIN, end)).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void decodesAsTheJdkDoesWithAndWithoutPadding() {
    var random = new Random(SEED);
    for (int length = 0; length < 100; length++) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      assertThat(decoded(Base64.getEncoder().encode(bytes))).isEqualTo(bytes);
      assertThat(decoded(Base64.getEncoder().withoutPadding().encode(bytes))).isEqualTo(bytes);
      assertThat(decoded(Base64.getEncoder().encode(bytes), length % 11)).isEqualTo(bytes);
    }
  }

  @Test
  void refusesWhatTheJdkRefuses() {
    var random = new Random(SEED);
    String characters = "AB9+/==-_ \n\u00e9*\0";
    int refused = 0;
    for (int i = 0; i < 200_000; i++) {
      byte[] text = new byte[random.nextInt(25)];
      for (int j = 0; j < text.length; j++) {
        int limit = random.nextInt(4) == 0 ? characters.length() : 5;
        text[j] = (byte) characters.charAt(random.nextInt(limit));
      }
      if (random.nextBoolean() && text.length > 1) {
        text[text.length - 1] = '=';
      }
      byte[] expected = null;
      try {
        expected = Base64.getDecoder().decode(text);
      } catch (IllegalArgumentException notBase64) {
        refused++;
      }
      assertThat(decoded(text)).as(new String(text, ISO_8859_1)).isEqualTo(expected);
    }
    assertThat(refused).isBetween(10_000, 190_000);
  }

  /** The search of the enricher for what needs an escape is the judge. */
  @Test
  void passesOverNothingThatDoesNotStandForItself() {
    var random = new Random(SEED);
    int passed = 0;
    for (int i = 0; i < 200_000; i++) {
      byte[] text = Base64.getEncoder().encode(new byte[random.nextInt(30)]);
      for (int n = random.nextInt(3); n > 0 && text.length > 0; n--) {
        text[random.nextInt(text.length)] = (byte) random.nextInt(256);
      }
      int from = Math.min(text.length, random.nextInt(4));
      int end = Base64Text.wordsEnd(text, from, text.length);
      int expected = ByteSearch.plainEnd(text, from, text.length);
      assertThat(end).as(new String(text, ISO_8859_1)).isBetween(from, expected);
      assertThat(ByteSearch.plainEnd(text, end, text.length)).isEqualTo(expected);
      passed += end - from;
    }
    assertThat(passed).isGreaterThan(1_000_000);
  }

  /** Null when the text is not Base64. */
  private static byte[] decoded(byte[] text) {
    return decoded(text, 0);
  }

  /** The same with room for more bytes. */
  private static byte[] decoded(byte[] text, int more) {
    byte[] framed = new byte[text.length + 2 * MARGIN];
    System.arraycopy(text, 0, framed, MARGIN, text.length);
    byte[] out = new byte[MARGIN + Base64Text.decodedBound(text.length) + more];
    int end = Base64Text.decode(framed, MARGIN, MARGIN + text.length, out, MARGIN);
    return end == Base64Text.MALFORMED ? null : Arrays.copyOfRange(out, MARGIN, end);
  }
}
