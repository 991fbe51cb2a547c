package dev.sluice.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTextTest {

  @ParameterizedTest
  @CsvSource({
    "plain \\x1b, plain \\x1b",
    "caf\u00e9 \u65e5\u672c \ud83d\ude00, caf\u00e9 \u65e5\u672c \ud83d\ude00",
    "a\u001b[31mred\u0007b, a<1b>[31mred<07>b",
    "a\u009b31m, a<c29b>31m",
    "right\u202eleft\u2066, right<e280ae>left<e281a6>",
    "a\u2028b\u2029c, a<e280a8>b<e280a9>c",
    "hid\u200bden\ufeff!, hid<e2808b>den<efbbbf>!",
    "tab\tback\bdelete\u007f!, tab<09>back<08>delete<7f>!",
  })
  void whatMovesOrHidesTextIsShownInHexadecimal(String text, String shown) {
    assertThat(TerminalText.of(text)).isEqualTo(shown);
  }

  @Test
  void bytesThatAreNoUtf8AreShownInHexadecimal() {
    byte[] bytes = "a\u00e9\u00ffb\u00c3".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(TerminalText.of(bytes, 0, bytes.length)).isEqualTo("a<e9><ff>b<c3>");
    assertThat(TerminalText.of(bytes, 1, 1)).isEmpty();
  }
}
