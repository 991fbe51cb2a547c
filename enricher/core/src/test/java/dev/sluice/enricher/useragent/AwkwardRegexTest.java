package dev.sluice.enricher.useragent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Expressions as a foreign list may have them, on texts that just match and just do not. */
class AwkwardRegexTest {
  private static final long SEED = 20_251_123;
  private static final int TEXTS = 3_000;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Foo|Bar",
        "(Foo|Bar|)/(\\d+)",
        "|Foo",
        "(?:|a)(?:b|)Foo",
        "(Foo)?(Bar)?Baz",
        "Foo*Bar",
        "Foo+Bar",
        "Fo{0}Bar",
        "Fo{0,3}Bar",
        "(?:Foo){2}Bar",
        "(?:Foo|Ba){2,3}r",
        "(?:Foo){5,}Bar",
        "x{0,2}(Foo)[ _-]{1,2}Bar",
        "[fF][oO][oO][bB][aA][rR]",
        "[^f]oo",
        "[^\\w]oo",
        "[a-f]oo/[\\d.-]+",
        "[-a]oo[b-]",
        "[.]oo[$^*+?(){}|]x",
        "[\\]\\[\\-\\\\]oo",
        "[&a]oo&[&-]x",
        "[a&&[^b]]oo",
        "[a-c[x-z]]oo",
        "[]a]oo",
        "[ -~]oo",
        "(?i)foo|BAR",
        "(?i:foo)Bar",
        "Foo(?i)Bar(?-i)Baz",
        "(?i)Foo(?-i:Bar)",
        "((?i)foo|bar)Baz",
        "(?iu)foo\u017f",
        "(?s).{0,3}Foo.$",
        "(?m)^Foo$",
        "(?x) Foo # Bar",
        "^Foo",
        "^(?:Foo|Bar)",
        "(?:^Foo|Bar)$",
        "(^|;)Foo",
        "^.{0,4}Foo",
        "^.{0,4}?(Foo|Bar)",
        "^.{0,4}(Foo|Bar)(?:Baz)?",
        "^.{0,4}+Foo",
        "^.{0,4}Foo|Bar",
        "^.{0,2}(^Foo|Bar.*|x?Baz$)",
        "^.{0,9}?(a{0,3}[Ff]oo|Bar\\b|(?<!x)Baz)",
        "^.{0,9}(o+)Bar",
        "^.{0,3}\u00e9?Foo",
        "^.{0,3}(?i)Foo",
        "^.{0,3}[ab]*Foo",
        "^(?:.{0,3}Foo)",
        "[a-z-]{1,30}Foo",
        "(?i)[a-z-]{1,30}Foo",
        "(?:[a-zA-Z]{1,30}-|)Foo",
        "(?:\\w+;|)(?:B.|a)Foo",
        "\\AFoo\\z",
        "Foo\\Z",
        "Foo(?=Bar)",
        "Foo(?!Bar)",
        "(?<=Foo)Bar",
        "(?<!Foo)Bar",
        "(?=.*Bar)Foo",
        "(?!Foo).oo",
        "(?>Fo+)oBar",
        "Fo++Bar",
        "Fo*?Bar",
        "(Foo|Bar)\\1",
        "(?<name>Foo|Bar)-\\k<name>",
        "(F)(o)(o)(B)(a)(r)(B)(a)(z)(x)\\10",
        "\\bFoo\\b",
        "\\BFoo\\B",
        "\\GFoo",
        "Foo\\.Bar\\/\\(\\)\\[\\]\\{\\}\\*\\+\\?\\^\\$\\|\\\\",
        "\\QFoo.Bar\\E",
        "\\x46oo\\u0042ar",
        "\\t?Foo\\s*\\S+\\h?",
        "\\x{46}oo",
        "\\0106oo",
        "\\cAFoo",
        "\\p{L}oo\\P{Lu}",
        "\\pLoo",
        "\\R?Foo\\X",
        "Foo\\N{WHITE SMILING FACE}?",
        "\u00e9Foo\u00e9",
        "[\u00e0-\u00ff]oo",
        "[^\u00e9]Foo",
        "\ud83d\ude00Foo",
        "[\ud83d\ude00a]oo",
        ".Foo",
        "..?Foo.{2}Bar",
        ".*Foo.*Bar.*",
        "(.+)Foo(.+)",
        "a b  Foo]}",
        "(((((Foo)))))",
        "(?:a{3}){4}oo",
        "a{0,1000}Foo",
        "(?:[ab]{0,3}[Ff]oo|Bar.{0,9}Baz)x?",
        "(?:0|1|2|3|4|5|6|7|8|9|a|b|c|d|e|f){2}oo",
        "(?:Foo|Foo/|Foo/Bar|oo)/",
        "oo|Foo|Foo/Bar",
        "(?:Foo )?(?:Bar )?(?:Baz )?x",
        "",
        "()",
        "^",
        "$",
        "\\d",
        "a"
      })
  void findsWhatPatternFinds(String regex) {
    for (boolean ignoreCase : new boolean[] {false, true}) {
      Expression expression = expression(regex, ignoreCase);
      PrefilterTest.assertFindsTheSame(expression, texts(expression));
    }
  }

  private static Expression expression(String regex, boolean ignoreCase) {
    return new Expression(ExpressionKind.DEVICE, regex, ignoreCase, null, null, null, null);
  }

  /** Texts out of what the expression is written with, and those it can be sampled from. */
  private static List<String> texts(Expression expression) {
    var random = new Random(SEED);
    List<String> parts =
        new ArrayList<>(
            List.of(
                "Foo",
                "Bar",
                "Baz",
                "foo",
                "bar",
                "FOO",
                "oo",
                "ooo",
                "F",
                "o",
                "B",
                "a",
                "b",
                "x",
                "/",
                ".",
                " ",
                "-",
                "_",
                ";",
                "1",
                "10",
                "\n",
                "\u00e9",
                "\u00c9",
                "\u017f",
                "\u212a",
                "\ud83d\ude00",
                "\ud83d",
                "\\",
                "[",
                "]",
                "&",
                "$"));
    if (RegexReader.read(expression.regex()).isPresent()) {
      parts.addAll(new RegexSampler(random).matching(expression, 20));
    }
    var texts = new ArrayList<String>();
    for (int i = 0; i < TEXTS; i++) {
      var text = new StringBuilder();
      for (int count = random.nextInt(7); count > 0; count--) {
        String part = parts.get(random.nextInt(parts.size()));
        text.append(random.nextInt(20) == 0 ? part.toUpperCase(Locale.ROOT) : part);
      }
      texts.add(text.toString());
    }
    return texts;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Foo|Bar", "^.{0,4}?(Foo|Bar)", "(?i:foo)Bar", "; {0,2}(M[0-9]{2}) Build", "Fo+B"})
  void needsALiteralWhereEveryMatchHasOne(String regex) {
    assertThat(LiteralFinder.needs(expression(regex, false)).clauses()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Foo|", "(?:Foo)?", "\\d+", "[a-z]+", "Foo|\\w", "(Foo)*", "(?=Foo)", ".*"})
  void triesAlwaysWhatCanDoWithoutALiteral(String regex) {
    assertThat(LiteralFinder.needs(expression(regex, false)).clauses())
        .allSatisfy(clause -> assertThat(clause.literals()).hasSizeLessThanOrEqualTo(10));
  }
}
