package dev.sluice.enricher.useragent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.enricher.useragent.RegexNode.Chars;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No set lacks a character that Pattern takes. Too many in it only cost time, too few an answer.
 */
class CharSetReaderTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".",
        "a",
        "\\.",
        "\\/",
        "\\-",
        "\\d",
        "\\D",
        "\\w",
        "\\W",
        "\\s",
        "\\S",
        "\\h",
        "\\H",
        "\\v",
        "\\V",
        "\\t",
        "\\n",
        "\\r",
        "\\f",
        "\\a",
        "\\e",
        "\\x41",
        "\\u0041",
        "\\pL",
        "\\p{Lu}",
        "\\P{Lu}",
        "[a]",
        "[^a]",
        "[a-c]",
        "[^a-c]",
        "[a-cx-z0]",
        "[A-z]",
        "[%20| ]",
        "[a-]",
        "[-a]",
        "[\\w-]",
        "[\\w-.]",
        "[\\w.-/]",
        "[^\\d]",
        "[^\\D]",
        "[^\\w\\s]",
        "[\\]]",
        "[\\[]",
        "[\\\\-a]",
        "[!-\\/]",
        "[\\x41-\\x43]",
        "[&]",
        "[a&b]",
        "[ -~]",
        "[\t-\r]",
        "[a-\u00ff]",
        "[\u00e0-\u00ff]",
        "[^\u00e0]",
        "[\\p{Lu}a]",
        "[\\h]",
        "[^\\h]",
        "[^\\v]",
        "[$^.*+?(){}|]",
        "[a^]",
        "[,-.]",
        "[+--]",
        "[\\-a]",
        "[a\\-z]",
        "[#]",
        "[ ]"
      })
  void holdsEveryCharacterThatPatternTakes(String regex) {
    var chars = (Chars) RegexReader.read(regex).orElseThrow().root();
    Pattern pattern = Pattern.compile(regex);
    for (int c = 0; c <= 0xffff; c++) {
      boolean holds = c < 128 ? chars.contains(c) : chars.beyondAscii();
      if (pattern.matcher(String.valueOf((char) c)).matches() && !holds) {
        assertThat(holds).as("character %d in %s", c, regex).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "[^;/]", "[a-cx-z]", "\\d", "[\\w.-]", "[A-z]", "\\S"})
  void holdsNoOtherAsciiCharacterInUsualSets(String regex) {
    var chars = (Chars) RegexReader.read(regex).orElseThrow().root();
    Pattern pattern = Pattern.compile(regex);
    for (int c = 0; c < 128; c++) {
      assertThat(chars.contains(c))
          .as("character %d in %s", c, regex)
          .isEqualTo(pattern.matcher(String.valueOf((char) c)).matches());
    }
  }
}
