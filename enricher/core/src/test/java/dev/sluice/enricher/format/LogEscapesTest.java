package dev.sluice.enricher.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.enricher.OutputBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogEscapesTest {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final OutputBuffer out = new OutputBuffer();

  private boolean decode(byte[] text) {
    out.clear();
    return LogEscapes.decode(text, 0, text.length, out);
  }

  private boolean decode(String text) {
    return decode(text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a\\\"b|a\"b",
        "C:\\\\dir|C:\\dir",
        "caf\\xc3\\xa9|café",
        "\\xD0\\x96|Ж",
        "\\xf0\\x9f\\x98\\x80|😀",
        "plain|plain",
        "raw é|raw é"
      })
  void decodesWhatHttpdAndNginxEscape(String logged, String decoded) {
    assertThat(decode(logged)).isTrue();
    assertThat(out).hasToString(decoded);
  }

  @Test
  void decodesTheNamedControlBytes() {
    assertThat(decode("\\b\\n\\r\\t\\v\\x00")).isTrue();
    assertThat(out.toByteArray()).containsExactly('\b', '\n', '\r', '\t', 0x0B, 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\", "\\x", "\\x4", "\\x4g", "\\q", "\\X41", "a\\", "\\u0041"})
  void leavesABackslashThatBeginsNoEscape(String logged) {
    assertThat(decode(logged)).isTrue();
    assertThat(out).hasToString(logged);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\xe9", "a\\\"\\xff\\n", "\\xed\\xa0\\x80", "\\xc0\\xaf", "\\xe2\\x82"})
  void keepsTheTextAsLoggedWhereTheBytesAreNoUtf8(String logged) {
    assertThat(decode(logged)).isFalse();
    assertThat(out).hasToString(logged);
  }

  @Test
  void appendsBehindWhatIsThere() {
    out.append((byte) '>');
    byte[] text = "xx\\xe9yy\\x41zz".getBytes(StandardCharsets.US_ASCII);
    assertThat(LogEscapes.decode(text, 8, 12, out)).isTrue();
    assertThat(LogEscapes.decode(text, 2, 6, out)).isFalse();
    assertThat(out).hasToString(">A\\xe9");
  }

  @Test
  void seesWhetherThereIsAnythingToDecode() {
    byte[] text = "ab\\n".getBytes(StandardCharsets.US_ASCII);
    assertThat(LogEscapes.areIn(text, 0, 2)).isFalse();
    assertThat(LogEscapes.areIn(text, 0, 4)).isTrue();
  }

  /** What httpd logs for any UTF-8 comes back as it was sent; any other bytes are told apart. */
  @Test
  void losesNothing() {
    var random = new Random(11);
    for (int i = 0; i < 20_000; i++) {
      byte[] sent = new byte[random.nextInt(24)];
      random.nextBytes(sent);
      if (i % 2 == 0) {
        sent = new String(sent, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.UTF_8);
      }
      byte[] logged = escapeAsHttpdDoes(sent);
      boolean utf8 =
          new String(sent, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8).length
                  == sent.length
              && Arrays.equals(
                  new String(sent, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8), sent);
      assertThat(decode(logged)).isEqualTo(utf8);
      assertThat(out.toByteArray()).isEqualTo(utf8 ? sent : logged);
    }
  }

  /** {@code ap_escape_logitem} of server/util.c. */
  private static byte[] escapeAsHttpdDoes(byte[] bytes) {
    var logged = new OutputBuffer();
    for (byte b : bytes) {
      int named = "\b\n\r\t\u000b\"\\".indexOf(b);
      if (named >= 0) {
        logged.append((byte) '\\');
        logged.append((byte) "bnrtv\"\\".charAt(named));
      } else if (b < 0x20 || b == 0x7F) {
        logged.append(new byte[] {'\\', 'x', HEX[(b >> 4) & 0xF], HEX[b & 0xF]});
      } else {
        logged.append(b);
      }
    }
    return logged.toByteArray();
  }
}
