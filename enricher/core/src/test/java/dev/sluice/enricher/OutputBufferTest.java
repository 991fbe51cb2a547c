package dev.sluice.enricher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OutputBufferTest {
  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void growsAsNeeded() {
    var buffer = new OutputBuffer(0);
    var expected = new StringBuilder();
    for (int i = 0; i < 1_000; i++) {
      buffer.append((byte) 'a');
      buffer.append(utf8("bc"));
      buffer.append(utf8("xdéx"), 1, 4);
      expected.append("abcdé");
    }
    assertThat(buffer.toString()).isEqualTo(expected.toString());
    assertThat(buffer.length()).isEqualTo(6_000);
    assertThat(buffer.toByteArray()).isEqualTo(utf8(expected.toString()));
  }

  @Test
  void copiesRangesOfEveryLength() {
    byte[] source = utf8("0123456789abcdefghijklmnopqrstuvwxyz");
    for (int from = 0; from <= source.length; from++) {
      for (int to = from; to <= source.length; to++) {
        var buffer = new OutputBuffer(0);
        buffer.append(utf8("<"));
        buffer.append(source, from, to);
        buffer.append(utf8(">"));
        String range = new String(source, from, to - from, StandardCharsets.UTF_8);
        assertThat(buffer.toString()).isEqualTo("<" + range + ">");
      }
    }
  }

  @Test
  void lendsRoomToBeFilled() {
    var buffer = new OutputBuffer(0);
    buffer.append(utf8("ab"));
    byte[] array = buffer.room(100);
    assertThat(array.length).isGreaterThanOrEqualTo(102);
    array[buffer.length()] = 'c';
    buffer.length(3);
    assertThat(buffer.toString()).isEqualTo("abc");
    assertThatThrownBy(() -> buffer.length(array.length + 1)).hasMessageContaining("not within");
    assertThatThrownBy(() -> buffer.length(-1)).hasMessageContaining("not within");
  }

  @Test
  void keepsItsArrayWhenCleared() {
    var buffer = new OutputBuffer();
    buffer.append(utf8("abc"));
    byte[] array = buffer.array();
    buffer.clear();
    assertThat(buffer.length()).isZero();
    buffer.append(utf8("xyz"));
    assertThat(buffer.array()).isSameAs(array);
  }

  @Test
  void takesBackWhatWasAppended() {
    var buffer = new OutputBuffer();
    buffer.append(utf8("abc"));
    buffer.truncate(1);
    assertThat(buffer.toString()).isEqualTo("a");
    assertThatThrownBy(() -> buffer.truncate(2)).hasMessage("2 is not within 0..1");
  }

  @Test
  void writesOnlyWhatIsValid() throws IOException {
    var buffer = new OutputBuffer(100);
    buffer.append(utf8("abc"));
    var out = new ByteArrayOutputStream();
    buffer.writeTo(out);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("abc");
  }
}
