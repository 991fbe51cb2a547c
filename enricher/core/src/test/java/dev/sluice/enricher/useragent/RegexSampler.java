package dev.sluice.enricher.useragent;

import dev.sluice.enricher.useragent.RegexNode.Chars;
import dev.sluice.enricher.useragent.RegexNode.Choice;
import dev.sluice.enricher.useragent.RegexNode.Repeat;
import dev.sluice.enricher.useragent.RegexNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Makes up texts that an expression matches; Pattern has the last word on whether it does. */
final class RegexSampler {
  private static final String ORDINARY =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ./-_;";
  private static final int MAX_TRIES = 2_000;
  private static final int MAX_REPETITIONS = 3;

  private final RandomGenerator random;

  RegexSampler(RandomGenerator random) {
    this.random = random;
  }

  /** Up to {@code count} texts in which the expression is found; fewer if it is hard to please. */
  List<String> matching(Expression expression, int count) {
    Pattern pattern = expression.compile();
    RegexNode root = RegexReader.read(expression.regex()).orElseThrow().root();
    var found = new ArrayList<String>();
    for (int i = 0; i < MAX_TRIES && found.size() < count; i++) {
      var text = new StringBuilder();
      append(root, text);
      if (pattern.matcher(text).find()) {
        found.add(text.toString());
      }
    }
    return found;
  }

  private void append(RegexNode node, StringBuilder text) {
    if (node instanceof Chars chars) {
      text.append(one(chars));
    } else if (node instanceof Sequence sequence) {
      sequence.parts().forEach(part -> append(part, text));
    } else if (node instanceof Choice choice) {
      append(choice.branches().get(random.nextInt(choice.branches().size())), text);
    } else if (node instanceof Repeat repeat) {
      int most = Math.min(repeat.max(), repeat.min() + MAX_REPETITIONS);
      int count = random.nextInt(repeat.min(), most + 1);
      for (int i = 0; i < count; i++) {
        append(repeat.body(), text);
      }
    }
  }

  private char one(Chars chars) {
    for (int i = 0; i < 20; i++) {
      char c = ORDINARY.charAt(random.nextInt(ORDINARY.length()));
      if (chars.contains(c)) {
        return c;
      }
    }
    int start = random.nextInt(128);
    for (int i = 0; i < 128; i++) {
      if (chars.contains((start + i) % 128)) {
        return (char) ((start + i) % 128);
      }
    }
    return '\u00e9';
  }
}
