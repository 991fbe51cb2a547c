package dev.sluice.jmh.parser;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A regular expression with a group for each of the fields, in their order. */
final class ExpressionParser implements FieldParser {
  private static final String QUOTED = "\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"";

  /** Nothing is ever tried twice. */
  static final Pattern POSSESSIVE =
      Pattern.compile(
          "([^ ]++) [^ ]++ [^\\[]++\\[([^\\]]++)\\] "
              + QUOTED.replace("([^", "(?:[^")
              + " (\\d{3}) (\\d++|-) "
              + QUOTED
              + " "
              + QUOTED);

  /** As found on the first page of any search. */
  static final Pattern IDIOMATIC =
      Pattern.compile(
          "^(\\S+) \\S+ .+? \\[([\\w:/]+\\s[+\\-]\\d{4})\\] \".*?\" (\\d{3}) (\\d+|-)"
              + " \"(.*?)\" \"(.*?)\"$");

  private final Matcher matcher;

  ExpressionParser(Pattern pattern) {
    matcher = pattern.matcher("");
  }

  @Override
  public boolean parse(byte[] buffer, int from, int to) {
    return matcher.reset(new String(buffer, from, to - from, StandardCharsets.UTF_8)).matches();
  }

  @Override
  public String text(CombinedField field) {
    return matcher.group(1 + field.ordinal());
  }
}
