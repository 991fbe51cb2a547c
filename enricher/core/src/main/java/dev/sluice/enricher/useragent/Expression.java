package dev.sluice.enricher.useragent;

import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One entry of a regexes.yaml. A replacement is null where the entry has none.
 *
 * @param ignoreCase the entry's {@code regex_flag} is {@code i}
 */
record Expression(
    ExpressionKind kind,
    String regex,
    boolean ignoreCase,
    String family,
    String major,
    String minor,
    String patch) {

  static Expression mark(DeviceTypes.Mark mark) {
    return new Expression(ExpressionKind.MARK, mark.regex(), false, null, null, null, null);
  }

  /** Whether a replacement refers to more than the groups 1 to 9: to all of the match, perhaps. */
  boolean mayAskForWholeMatch() {
    return Stream.of(family, major, minor, patch)
        .filter(Objects::nonNull)
        .anyMatch(each -> each.replaceAll("\\$[1-9]", "").contains("$"));
  }

  /**
   * @throws java.util.regex.PatternSyntaxException if the expression is none
   */
  Pattern compile() {
    return compile(regex);
  }

  /** Compiles a part of it likewise. */
  Pattern compile(String part) {
    return ignoreCase ? Pattern.compile(part, Pattern.CASE_INSENSITIVE) : Pattern.compile(part);
  }
}
