package dev.sluice.enricher.useragent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class LiteralAutomatonTest {
  private static final long SEED = 20_251_124;

  @Test
  void findsEveryPlaceOfEveryTextInAnyCase() {
    var random = new Random(SEED);
    for (int round = 0; round < 500; round++) {
      var texts = new TreeSet<String>();
      for (int i = random.nextInt(1, 12); i > 0; i--) {
        texts.add(random(random, "AB1 [", random.nextInt(1, 5)));
      }
      String in = random(random, "abABab1 [{\u00e9\u212a", random.nextInt(60));
      assertThat(found(texts.toArray(new String[0]), in))
          .as("%s in %s", texts, in)
          .containsExactlyInAnyOrderElementsOf(searched(List.copyOf(texts), in));
    }
  }

  @Test
  void findsNothingWithoutTexts() {
    assertThat(found(new String[0], "anything")).isEmpty();
  }

  private static List<String> found(String[] texts, String in) {
    var found = new ArrayList<String>();
    new LiteralAutomaton(texts).scan(in, (text, end) -> found.add(texts[text] + " " + end));
    return found;
  }

  private static List<String> searched(List<String> texts, String in) {
    var found = new ArrayList<String>();
    for (String text : texts) {
      for (int end = text.length(); end <= in.length(); end++) {
        if (LiteralAutomaton.fold(in.substring(end - text.length(), end)).equals(text)) {
          found.add(text + " " + end);
        }
      }
    }
    return found;
  }

  private static String random(Random random, String alphabet, int length) {
    var text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
