package dev.sluice.enricher.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.enricher.OutputBuffer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonTextTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static String readBack(byte[] text) throws JsonProcessingException {
    var out = new OutputBuffer();
    out.append((byte) '"');
    JsonText.append(text, 0, text.length, out);
    out.append((byte) '"');
    return JSON.readValue(out.toString(), String.class);
  }

  @Test
  void readsBackAsTheSameTextForEveryCodePoint() throws JsonProcessingException {
    for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
      if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
        continue;
      }
      // Every plane densely at its start, then a sample.
      if (codePoint > 0x3000 && codePoint % 61 != 0) {
        continue;
      }
      String text = "a" + Character.toString(codePoint) + "b";
      assertThat(readBack(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(text);
    }
  }

  @Test
  void agreesWithTheJdkOnWhatIsUtf8() {
    var random = new Random(3);
    byte[] leads = {
      0x41, (byte) 0xC2, (byte) 0xE0, (byte) 0xE2, (byte) 0xED, (byte) 0xF0, (byte) 0xF4
    };
    for (int i = 0; i < 200_000; i++) {
      byte[] text = new byte[1 + random.nextInt(5)];
      random.nextBytes(text);
      text[0] = random.nextInt(4) == 0 ? text[0] : leads[random.nextInt(leads.length)];
      for (int k = 1; k < text.length; k++) {
        text[k] = random.nextInt(4) == 0 ? text[k] : (byte) (0x80 | text[k] & 0x3F);
      }
      boolean valid = isUtf8ForTheJdk(text);
      assertThat(Utf8.isValid(text, 0, text.length)).isEqualTo(valid);
      assertThat(JsonText.append(text, 0, text.length, new OutputBuffer())).isEqualTo(valid);
    }
  }

  private static boolean isUtf8ForTheJdk(byte[] text) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  @Test
  void replacesEachInvalidByteAndNothingElse() throws JsonProcessingException {
    byte[] text = {'a', (byte) 0xFF, 'b', (byte) 0xE2, (byte) 0x82, 'c', (byte) 0xC3};
    assertThat(readBack(text)).isEqualTo("a\uFFFDb\uFFFD\uFFFDc\uFFFD");
  }

  @Test
  void looksOnlyAtItsOwnBytes() throws JsonProcessingException {
    byte[] text = "é".getBytes(StandardCharsets.UTF_8);
    var out = new OutputBuffer();
    assertThat(JsonText.append(text, 0, 1, out)).isFalse();
    assertThat(out.toString()).isEqualTo("\uFFFD");
  }

  /** The slow twin: one look at each byte. */
  private static boolean appendByteByByte(byte[] text, int from, int to, OutputBuffer out) {
    boolean valid = true;
    for (int i = from; i < to; ) {
      int length = Utf8.sequenceLength(text, i, to);
      if (length == 0) {
        out.append("\uFFFD".getBytes(StandardCharsets.UTF_8));
        valid = false;
        i++;
        continue;
      }
      String c = new String(text, i, length, StandardCharsets.UTF_8);
      int codePoint = c.codePointAt(0);
      int escape = "\"\\\b\f\n\r\t".indexOf(codePoint);
      if (escape >= 0) {
        c = "\\" + "\"\\bfnrt".charAt(escape);
      } else if (codePoint < 0x20
          || codePoint >= 0x7F && codePoint < 0xA0
          || codePoint == 0x2028
          || codePoint == 0x2029) {
        c = String.format("\\u%04x", codePoint);
      }
      out.append(c.getBytes(StandardCharsets.UTF_8));
      i += length;
    }
    return valid;
  }

  @Test
  void agreesWithItsSlowTwin() {
    var random = new Random(20_251_125);
    String[] parts = {
      "\"",
      "\\",
      "\n",
      "\t",
      "\0",
      "\u001f",
      "\u007f",
      "é",
      "\u0085",
      "\u00a0",
      "\u2028",
      "€",
      "\ud83d\ude00",
      "plain",
      "and longer text without anything",
      "!",
      "~",
      "[",
      "]",
      "x",
      "x"
    };
    var fast = new OutputBuffer();
    var slow = new OutputBuffer();
    for (int i = 0; i < 200_000; i++) {
      var built = new OutputBuffer();
      for (int count = random.nextInt(8); count > 0; count--) {
        built.append(parts[random.nextInt(parts.length)].getBytes(StandardCharsets.UTF_8));
      }
      byte[] text = built.toByteArray();
      for (int count = random.nextInt(3) * random.nextInt(3);
          count > 0 && text.length > 0;
          count--) {
        text[random.nextInt(text.length)] = (byte) random.nextInt(256);
      }
      int from = random.nextInt(text.length + 1);
      int to = from + random.nextInt(text.length - from + 1);
      fast.clear();
      slow.clear();
      boolean valid = JsonText.append(text, from, to, fast);
      assertThat(valid).isEqualTo(appendByteByByte(text, from, to, slow));
      assertThat(fast.toByteArray()).isEqualTo(slow.toByteArray());
    }
  }
}
