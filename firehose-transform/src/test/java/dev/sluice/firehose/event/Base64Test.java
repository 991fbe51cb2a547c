package dev.sluice.firehose.event;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.enricher.bytes.ByteSearch;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JDK is the judge. */
class Base64Test {
  private static final long SEED = 20_261_121;
  private static final int MARGIN = 3;

  /** Around the ends of blocks of both directions, beside all short ones. */
  private static final int[] LENGTHS = lengths();

  private Base64Encoder encoder;
  private Base64Decoder decoder;

  private static int[] lengths() {
    return IntStream.concat(
            IntStream.concat(IntStream.range(0, 430), IntStream.range(3_070, 3_110)),
            IntStream.of(6_144, 6_145, 6_146, 9_217, 9_249, 100_000))
        .toArray();
  }

  @ParameterizedTest(name = "by tables: {0}")
  @ValueSource(booleans = {false, true})
  void encodesAsTheJdkDoesAtEveryLengthAndPlace(boolean byTables) {
    open(byTables);
    var random = new Random(SEED);
    for (int length : LENGTHS) {
      for (int offset = 0; offset < 3; offset++) {
        for (int behind : new int[] {0, 1, 2, 9}) {
          byte[] bytes = new byte[offset + length + behind];
          random.nextBytes(bytes);
          byte[] expected =
              Base64.getEncoder().encode(Arrays.copyOfRange(bytes, offset, offset + length));
          assertThat(Base64Encoder.encodedLength(length)).isEqualTo(expected.length);

          for (int place : new int[] {0, MARGIN}) {
            for (int room : new int[] {0, Base64Encoder.ROOM_BEHIND}) {
              byte[] out = new byte[place + expected.length + room];
              int end = encoder.encode(bytes, offset, offset + length, out, place);

              assertThat(Arrays.copyOfRange(out, place, end)).isEqualTo(expected);
            }
          }
        }
      }
    }
  }

  @ParameterizedTest(name = "by tables: {0}")
  @ValueSource(booleans = {false, true})
  void decodesAsTheJdkDoesWithAndWithoutPadding(boolean byTables) {
    open(byTables);
    var random = new Random(SEED);
    for (int length : LENGTHS) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      assertThat(decoded(Base64.getEncoder().encode(bytes))).isEqualTo(bytes);
      assertThat(decoded(Base64.getEncoder().withoutPadding().encode(bytes))).isEqualTo(bytes);
    }
  }

  @ParameterizedTest(name = "by tables: {0}")
  @ValueSource(booleans = {false, true})
  void refusesWhatTheJdkRefuses(boolean byTables) {
    open(byTables);
    var random = new Random(SEED);
    String characters = "AB9+/==-_ \n\u00e9*\0";
    int refused = 0;
    for (int i = 0; i < 200_000; i++) {
      byte[] text = new byte[random.nextInt(random.nextInt(8) == 0 ? 140 : 25)];
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
      byte[] text = Base64.getEncoder().encode(new byte[random.nextInt(90)]);
      for (int n = random.nextInt(3); n > 0 && text.length > 0; n--) {
        text[random.nextInt(text.length)] = (byte) random.nextInt(256);
      }
      int from = Math.min(text.length, random.nextInt(4));
      int end = JsonTokens.base64End(text, from, text.length);
      int expected = ByteSearch.plainEnd(text, from, text.length);
      assertThat(end).as(new String(text, ISO_8859_1)).isBetween(from, expected);
      assertThat(ByteSearch.plainEnd(text, end, text.length)).isEqualTo(expected);
      passed += end - from;
    }
    assertThat(passed).isGreaterThan(1_000_000);
  }

  @ParameterizedTest(name = "by tables: {0}")
  @ValueSource(booleans = {false, true})
  void refusesPaddingAndOthersAtTheEndOfABlock(boolean byTables) {
    open(byTables);
    byte[] text = Base64.getEncoder().encode(new byte[9_000]);
    for (int at = 4_090; at < 4_100; at++) {
      for (char other : new char[] {'=', '"', '-', (char) 0x80}) {
        byte[] broken = text.clone();
        broken[at] = (byte) other;
        assertThat(decoded(broken)).isNull();
        broken[at + 1] = (byte) other;
        assertThat(decoded(broken)).isNull();
      }
    }
  }

  private void open(boolean byTables) {
    encoder = new Base64Encoder(byTables);
    decoder = new Base64Decoder(byTables);
  }

  /** Null when the text is not Base64. */
  private byte[] decoded(byte[] text) {
    byte[] framed = new byte[text.length + 2 * MARGIN];
    System.arraycopy(text, 0, framed, MARGIN, text.length);
    int length = decoder.decode(framed, MARGIN, MARGIN + text.length);
    return length == Base64Decoder.MALFORMED ? null : Arrays.copyOf(decoder.bytes(), length);
  }
}
