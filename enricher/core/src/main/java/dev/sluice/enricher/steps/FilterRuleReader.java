package dev.sluice.enricher.steps;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Reads {@code drop health path=/health*,/ping; keep api path=/api/* status!=404}: rules parted by
 * semicolons; each is {@code drop} or {@code keep}, a name, and terms of a kind, {@code =} or
 * {@code !=}, and alternatives parted by commas. Single or double quotes around (a part of) a word
 * keep its blanks, commas and semicolons. What is wrong is told rule by rule, all of it.
 */
final class FilterRuleReader {
  /** Rules of one filter. */
  static final int MAX_RULES = 100;

  /** Characters of all rules together. */
  static final int MAX_CHARACTERS = 16_384;

  /** Names that the filter itself gives. */
  static final Set<String> TAKEN = Set.of(FilterRule.NOT_KEPT, FilterRule.NOT_SAMPLED);

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,39}");

  private final Consumer<String> problems;
  private final Set<String> names = new HashSet<>(TAKEN);

  /**
   * @param problems takes a sentence for each mistake
   */
  FilterRuleReader(Consumer<String> problems) {
    this.problems = problems;
  }

  List<FilterRule> read(String text) {
    var rules = new ArrayList<FilterRule>();
    try {
      if (text.length() > MAX_CHARACTERS) {
        throw new IllegalArgumentException("longer than " + MAX_CHARACTERS + " characters");
      }
      List<String> texts = split(text, ';').stream().filter(each -> !each.isBlank()).toList();
      if (texts.size() > MAX_RULES) {
        throw new IllegalArgumentException("more than " + MAX_RULES + " rules");
      }
      for (int i = 0; i < texts.size(); i++) {
        readRule(i + 1, texts.get(i).strip(), rules);
      }
    } catch (IllegalArgumentException e) {
      problems.accept(e.getMessage());
    }
    return rules;
  }

  private void readRule(int number, String text, List<FilterRule> rules) {
    try {
      List<String> words = split(text, ' ').stream().filter(each -> !each.isEmpty()).toList();
      boolean keep = words.get(0).equals("keep");
      if (!keep && !words.get(0).equals("drop")) {
        throw new IllegalArgumentException(
            "begins with \"" + words.get(0) + "\", expected drop or keep");
      }
      if (words.size() < 2 || !NAME.matcher(words.get(1)).matches()) {
        throw new IllegalArgumentException(
            "needs a name of small letters, digits and underscores after "
                + words.get(0)
                + ", at most 40");
      }
      String name = words.get(1);
      if (!names.add(name)) {
        throw new IllegalArgumentException("the name \"" + name + "\" is taken");
      }
      if (words.size() == 2) {
        throw new IllegalArgumentException("\"" + name + "\" asks nothing of a line");
      }
      rules.add(
          new FilterRule(
              name,
              keep,
              words.subList(2, words.size()).stream().map(FilterRuleReader::term).toList()));
    } catch (IllegalArgumentException e) {
      problems.accept("rule " + number + ": " + e.getMessage());
    }
  }

  private static FilterRule.Term term(String word) {
    int equals = word.indexOf('=');
    if (equals < 1) {
      throw new IllegalArgumentException("\"" + word + "\" is no term such as path=/health*");
    }
    boolean negated = word.charAt(equals - 1) == '!';
    String kind = word.substring(0, negated ? equals - 1 : equals);
    List<String> alternatives =
        split(word.substring(equals + 1), ',').stream().map(FilterRuleReader::unquoted).toList();
    if (alternatives.contains("")) {
      throw new IllegalArgumentException("a value of \"" + kind + "\" is empty");
    }
    var term = new FilterRule.Term(kind, negated, alternatives);
    term.toCondition();
    return term;
  }

  /** The parts between separators that stand outside quotes; the quotes stay. */
  private static List<String> split(String text, char separator) {
    var parts = new ArrayList<String>();
    int start = 0;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == separator || (separator == ' ' && Character.isWhitespace(c))) {
        parts.add(text.substring(start, i));
        start = i + 1;
      }
    }
    if (quote != 0) {
      throw new IllegalArgumentException("a quote is never closed: " + text.substring(start));
    }
    parts.add(text.substring(start));
    return parts;
  }

  private static String unquoted(String value) {
    var text = new StringBuilder();
    char quote = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == quote) {
        quote = 0;
      } else if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }
}
