package dev.sluice.enricher.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueReaderTest {
  private static final int MAP = 0xE0;
  private static final int TEXT = 0x40;
  private static final byte[][] KEYS = ValueReader.keys("a", "bc");

  private static ByteBuffer section(int... bytes) {
    byte[] section = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      section[i] = (byte) bytes[i];
    }
    return ByteBuffer.wrap(section);
  }

  private static ValueReader reader(int... bytes) throws IOException {
    var reader = new ValueReader(section(bytes));
    reader.start(0);
    return reader;
  }

  /** The control byte of a text, and what follows of its size. */
  private static int[] control(int length) {
    if (length < 29) {
      return new int[] {TEXT | length};
    }
    if (length < 285) {
      return new int[] {TEXT | 29, length - 29};
    }
    if (length < 65_821) {
      return new int[] {TEXT | 30, length - 285 >> 8, length - 285 & 0xFF};
    }
    int more = length - 65_821;
    return new int[] {TEXT | 31, more >> 16, more >> 8 & 0xFF, more & 0xFF};
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 28, 29, 284, 285, 65_820, 65_821, 200_000})
  void readsTextsOfEveryLength(int length) throws IOException {
    int[] control = control(length);
    ByteBuffer section = ByteBuffer.allocate(control.length + length + 1);
    for (int each : control) {
      section.put((byte) each);
    }
    section.put("x".repeat(length).getBytes(StandardCharsets.US_ASCII));
    section.put((byte) TEXT).flip();
    var reader = new ValueReader(section);
    reader.start(0);
    assertThat(reader.text()).hasSize(length);
    assertThat(reader.text()).isEmpty();
    reader.start(0);
    reader.skip();
    assertThat(reader.text()).isEmpty();
    var cut = new ValueReader(section.slice(0, Math.max(0, control.length + length - 1)));
    if (length > 0) {
      cut.start(0);
      assertThatThrownBy(cut::text).isInstanceOf(IOException.class);
      cut.start(0);
      assertThatThrownBy(cut::skip).isInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest
  @CsvSource({"2047, 0x27FF", "2048, 0x280000", "526335, 0x2FFFFF", "526336, 0x30000000"})
  void followsPointersOfOneTwoAndThreeBytes(int target, String pointer) throws IOException {
    follows(target, pointer);
  }

  @ParameterizedTest
  @CsvSource({"100, 0x3800000064", "600000, 0x38000927C0"})
  void followsPointersOfFourBytes(int target, String pointer) throws IOException {
    follows(target, pointer);
  }

  private static void follows(int target, String pointer) throws IOException {
    byte[] bytes = new BigInteger(pointer.substring(2), 16).toByteArray();
    ByteBuffer section = ByteBuffer.allocate(700_000);
    section.put(bytes).put((byte) (TEXT | 1)).put((byte) 'b');
    section.put(target, (byte) (TEXT | 1)).put(target + 1, (byte) 'a');
    section.clear();
    var reader = new ValueReader(section);
    reader.start(0);
    assertThat(reader.text()).isEqualTo("a");
    assertThat(reader.text()).as("behind the pointer").isEqualTo("b");
    reader.start(0);
    reader.skip();
    assertThat(reader.text()).isEqualTo("b");
    reader.start(0);
    assertThat(reader.key(KEYS)).isZero();
  }

  @Test
  void tellsKeysApart() throws IOException {
    ValueReader reader =
        reader(MAP | 3, TEXT | 1, 'a', TEXT, TEXT | 2, 'b', 'c', TEXT, TEXT | 2, 'b', 'd', TEXT);
    assertThat(reader.enterMap()).isNegative();
    assertThat(reader.entries()).isEqualTo(3);
    assertThat(reader.key(KEYS)).isZero();
    reader.skip();
    assertThat(reader.key(KEYS)).isOne();
    reader.skip();
    assertThat(reader.key(KEYS)).isEqualTo(-1);
    assertThat(reader.text()).isEmpty();
  }

  @Test
  void readsNumbersOfEveryType() throws IOException {
    assertThat(reader(0xA0).whole()).as("no bytes").isZero();
    assertThat(reader(0xA2, 0xFF, 0xFE).whole()).isEqualTo(0xFFFE);
    assertThat(reader(0xC4, 0xFF, 0xFF, 0xFF, 0xFF).whole()).isEqualTo(0xFFFF_FFFFL);
    assertThat(reader(0x04, 0x01, 0xFF, 0xFF, 0xFF, 0xFF).whole()).isEqualTo(-1);
    assertThat(reader(0x08, 0x02, 0x7F, 0, 0, 0, 0, 0, 0, 1).whole())
        .isEqualTo(0x7F00_0000_0000_0001L);
    assertThat(reader(0xA1, 7).real()).isEqualTo(7.0);
    assertThat(reader(0x68, 0x40, 0x48, 0, 0, 0, 0, 0, 0).real()).isEqualTo(48.0);
  }

  @Test
  void refusesNumbersThatAreNone() {
    assertThatThrownBy(() -> reader(0x08, 0x02, 0x80, 0, 0, 0, 0, 0, 0, 0).whole())
        .hasMessageContaining("above 2^63");
    assertThatThrownBy(() -> reader(0x64, 0, 0, 0, 0).real()).hasMessageContaining("4 bytes");
    assertThatThrownBy(() -> reader(TEXT).whole()).hasMessageContaining("for a number");
    assertThatThrownBy(() -> reader(0x04, 0x08, 0, 0, 0, 0).real()).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> reader(0x68, 0x40).real()).isInstanceOf(IOException.class);
  }

  @Test
  void refusesOtherTypes() {
    assertThatThrownBy(() -> reader(TEXT).enterMap()).hasMessageContaining("instead of a map");
    assertThatThrownBy(() -> reader(MAP).enterArray()).hasMessageContaining("instead of an array");
    assertThatThrownBy(() -> reader(MAP).text()).hasMessageContaining("instead of a text");
    assertThatThrownBy(() -> reader(MAP).key(KEYS)).hasMessageContaining("key of type");
    assertThatThrownBy(() -> reader(0x00, 0x00).text()).hasMessageContaining("unknown type");
    assertThatThrownBy(() -> reader(0x00, 0x09).skip()).hasMessageContaining("unknown type");
    assertThatThrownBy(() -> reader(TEXT | 2, 0xC3, 0x28).text()).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> new ValueReader(section(TEXT)).start(-1))
        .hasMessageContaining("outside");
    assertThatThrownBy(() -> new ValueReader(section(TEXT)).start(1))
        .hasMessageContaining("outside");
    assertThatThrownBy(() -> reader(0x20, 9).text()).hasMessageContaining("outside");
  }

  @Test
  void keepsAReplacementCharacterThatWasThere() throws IOException {
    assertThat(reader(TEXT | 3, 0xEF, 0xBF, 0xBD).text()).isEqualTo("\uFFFD");
  }

  @Test
  void endsWhateverASectionUnfoldsTo() {
    assertThatThrownBy(() -> reader(0x20, 0x00).text()).hasMessageContaining("too many values");
    assertThatThrownBy(() -> reader(0x20, 0x00).key(KEYS)).hasMessageContaining("too many values");
    int[] million = new int[1 << 20];
    million[0] = 0x1F; // an array of 16 million pointers
    million[1] = 0x04;
    Arrays.fill(million, 2, million.length, 0x20);
    assertThatThrownBy(() -> reader(million).skip()).hasMessageContaining("too many values");
    Arrays.fill(million, 5, million.length, TEXT);
    assertThatThrownBy(() -> reader(million).skip()).hasMessageContaining("too many values");
  }

  @Test
  void skipsEveryType() throws IOException {
    ValueReader reader =
        reader(
            MAP | 2, TEXT | 1, 'a', 0x02, 0x04, 0xA1, 7, 0x20, 0x00, // [7, pointer]
            TEXT | 1, 'b', 0x01, 0x07, // true
            TEXT | 1, 'z');
    reader.skip();
    assertThat(reader.text()).isEqualTo("z");
  }
}
