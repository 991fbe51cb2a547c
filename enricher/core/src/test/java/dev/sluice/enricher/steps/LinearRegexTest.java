package dev.sluice.enricher.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinearRegexTest {
  private static final String[] PIECES = {
    "a",
    "b",
    "c",
    ".",
    "[ab]",
    "[^a]",
    "[a-b]",
    "(a|b)",
    "(?:ab|c)",
    "(a|)",
    "\\d",
    "\\w",
    "^",
    "$",
    "a*",
    "b+",
    "c?",
    "a{2}",
    "b{1,2}",
    "c{1,}",
    "(ab)*",
    "(a|b)+",
    "(a*)*",
    "a*?",
    "\\."
  };

  /** The slow twin: backtracking, on texts too short to suffer from it. */
  @Test
  void agreesWithJavasOwnExpressions() {
    var random = new Random(17);
    int matches = 0;
    for (int i = 0; i < 20_000; i++) {
      var expression = new StringBuilder();
      for (int k = random.nextInt(5); k >= 0; k--) {
        expression.append(PIECES[random.nextInt(PIECES.length)]);
        expression.append(random.nextInt(6) == 0 ? "|" : "");
      }
      var text = new StringBuilder();
      for (int k = random.nextInt(7); k > 0; k--) {
        text.append("abc.1".charAt(random.nextInt(5)));
      }
      boolean expected = Pattern.compile(expression.toString()).matcher(text).find();
      assertThat(LinearRegex.compile(expression.toString()).isIn(text.toString()))
          .as("%s in %s", expression, text)
          .isEqualTo(expected);
      matches += expected ? 1 : 0;
    }
    assertThat(matches).isBetween(4_000, 19_000);
  }

  @Test
  @Timeout(60)
  void takesExpressionsThatMakeOthersHang() {
    LinearRegex regex = LinearRegex.compile("^(a+)+(a|a)*(a*)*(a|aa)+$");
    assertThat(regex.isIn("a".repeat(20_000))).isTrue();
    assertThat(regex.isIn("a".repeat(20_000) + "b")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "^[^/]+$        | a/b   | false",
        "^[\\w.-]+$     | a.b-c | true",
        "^[]a]+$        | ]a    | true",
        "^[a-]+$        | a-    | true",
        "^[\\]\\-]+$    | ]-    | true",
        "^[\\d]+$       | 12    | true",
        "^\\D\\W\\S$    | a-b   | true",
        "^é.$           | é\uD83D\uDE00 | true",
        "^\\t?\\n?\\r?\\s*x$ | x | true",
      })
  void knowsTheSubset(String expression, String text, boolean expected) {
    assertThat(LinearRegex.compile(expression).isIn(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a)           | character 2 of the pattern, \")\", is not opened",
        "(a           | character 3 of the pattern, the end, should close a group",
        "[a           | character 3 of the pattern, the end, should close a class",
        "[b-a]        | character 5 of the pattern, \"]\", follows a range that ends before it begins",
        "*a           | character 1 of the pattern, \"*\", repeats nothing",
        "a**          | character 3 of the pattern, \"*\", repeats a repetition",
        "a{3,2}       | character 7 of the pattern, the end, does not end a repetition",
        "a{x}         | character 3 of the pattern, \"x\", is no number up to 1000",
        "a{2000}      | character 7 of the pattern, \"}\", is no number up to 1000",
        "(?=a)        | character 3 of the pattern, \"=\", is not supported after (?",
        "\\1          | character 2 of the pattern, \"1\", is not supported after a backslash",
        "\\           | character 2 of the pattern, the end, should follow the backslash",
        "(a{1000}){1000} | needs more than 10000 steps",
      })
  void refusesWhatItDoesNotKnow(String expression, String message) {
    assertThatThrownBy(() -> LinearRegex.compile(expression))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void boundsGroups() {
    assertThatThrownBy(() -> LinearRegex.compile("(".repeat(60) + ")".repeat(60)))
        .hasMessageContaining("is too deep in groups");
  }
}
