package dev.sluice.fanout;

import dev.sluice.enricher.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Reads rules such as {@code errors measure=error-rate above=5% scope=stream window=1m min=50},
 * parted by semicolons. Every problem is reported with the rule it is in.
 */
final class AlertRuleReader {
  static final int MAX_RULES = 50;
  static final Duration MIN_WINDOW = Duration.ofSeconds(10);
  static final Duration MAX_WINDOW = Duration.ofHours(1);
  static final Duration DEFAULT_WINDOW = Duration.ofMinutes(1);
  static final long DEFAULT_MIN_REQUESTS = 50;

  private static final int MAX_REQUESTS = 1_000_000_000;
  private static final int PERCENT = 100;
  private static final Pattern NAME =
      Pattern.compile("[a-z0-9_-]{1," + AlertRule.MAX_NAME_CHARS + "}");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}(?:\\.[0-9]{1,6})?");
  private static final Set<String> TERMS =
      Set.of("measure", "above", "scope", "window", "min", "errors");

  private final String key;
  private final Settings problems;

  /**
   * @param key of the setting, for problems
   */
  AlertRuleReader(String key, Settings problems) {
    this.key = key;
    this.problems = problems;
  }

  List<AlertRule> read(String text) {
    var rules = new ArrayList<AlertRule>();
    var names = new HashSet<String>();
    for (String part : text.split(";")) {
      if (!part.isBlank()) {
        AlertRule rule = rule(part.strip());
        if (!names.add(rule.name())) {
          problem(rule.name(), "is there twice");
        }
        rules.add(rule);
      }
    }
    if (rules.isEmpty()) {
      problems.problem(key, "has no rule");
    } else if (rules.size() > MAX_RULES) {
      problems.problem(key, "has more than " + MAX_RULES + " rules");
    }
    return rules;
  }

  private AlertRule rule(String text) {
    String[] words = text.split("\\s+");
    String name = words[0];
    if (!NAME.matcher(name).matches()) {
      problems.problem(
          key,
          "names a rule \""
              + name
              + "\", expected up to "
              + AlertRule.MAX_NAME_CHARS
              + " lower-case letters, digits, - and _");
    }
    Map<String, String> terms = terms(name, words);
    // The reader of settings knows numbers, choices and durations; its keys are the terms here.
    var values = new Settings(terms::get);
    AlertRule.Measure measure =
        values.choice("measure", AlertRule.Measure.class, AlertRule.Measure.ERROR_RATE);
    if (!terms.containsKey("measure")) {
      problem(name, "has no measure=error-rate, request-rate or anomaly");
    }
    if (measure != AlertRule.Measure.ERROR_RATE) {
      for (String term : List.of("min", "errors")) {
        if (terms.containsKey(term)) {
          problem(name, "has " + term + "=, which is of an error-rate");
        }
      }
    }
    var rule =
        new AlertRule(
            name,
            measure,
            above(name, terms, measure),
            values.choice("scope", AlertRule.Scope.class, AlertRule.Scope.STREAM),
            window(name, values),
            values.longBetween("min", DEFAULT_MIN_REQUESTS, 1, MAX_REQUESTS),
            errorClasses(name, terms));
    values.problems().forEach(problem -> problem(name, "is wrong: " + problem));
    return rule;
  }

  private Map<String, String> terms(String name, String[] words) {
    var terms = new HashMap<String, String>();
    for (int i = 1; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      String term = equals < 0 ? words[i] : words[i].substring(0, equals);
      if (equals < 0 || !TERMS.contains(term)) {
        problem(name, "has \"" + words[i] + "\", expected one of " + new TreeSet<>(TERMS));
      } else if (terms.put(term, words[i].substring(equals + 1)) != null) {
        problem(name, "has " + term + "= twice");
      }
    }
    return terms;
  }

  /** A share is written with or without a percent sign: {@code 5%} or {@code 0.05}. */
  private double above(String name, Map<String, String> terms, AlertRule.Measure measure) {
    String text = Optional.ofNullable(terms.get("above")).orElse("");
    boolean percent = text.endsWith("%");
    String digits = percent ? text.substring(0, text.length() - 1) : text;
    boolean share = measure == AlertRule.Measure.ERROR_RATE;
    if (NUMBER.matcher(digits).matches() && (share || !percent)) {
      double value = Double.parseDouble(digits) / (percent ? PERCENT : 1);
      if (!share || value < 1) {
        return value;
      }
    }
    problem(
        name,
        "has above=\""
            + text
            + "\", expected "
            + switch (measure) {
              case ERROR_RATE -> "a share below 100% such as 5% or 0.05";
              case REQUEST_RATE -> "requests a second such as 100 or 0.5";
              case ANOMALY -> "a number of lines such as 0 or 10";
            });
    return 0;
  }

  private Duration window(String name, Settings values) {
    Duration window = values.duration("window", DEFAULT_WINDOW);
    if (window.compareTo(MIN_WINDOW) < 0
        || window.compareTo(MAX_WINDOW) > 0
        || window.getNano() != 0) {
      problem(name, "has a window that is not whole seconds from 10s to 1h");
      return DEFAULT_WINDOW;
    }
    return window;
  }

  private Set<Integer> errorClasses(String name, Map<String, String> terms) {
    var classes = new HashSet<Integer>();
    for (String text : terms.getOrDefault("errors", "5xx").split(",")) {
      switch (text.toLowerCase(Locale.ROOT)) {
        case "4xx" -> classes.add(4);
        case "5xx" -> classes.add(5);
        default -> problem(name, "has errors=\"" + text + "\", expected 4xx, 5xx or 4xx,5xx");
      }
    }
    return classes;
  }

  private void problem(String name, String text) {
    problems.problem(key, "rule " + name + " " + text);
  }
}
