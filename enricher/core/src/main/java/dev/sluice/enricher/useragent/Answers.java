package dev.sluice.enricher.useragent;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What a match says, with the replacements of the entry: what uap-java 1.6.1 makes of it, its
 * exceptions included (UserAgentParser, OSParser, DeviceParser).
 */
final class Answers {
  private static final String FIRST_GROUP = "$1";

  /** What OSParser replaces. As it has a group, a $1 in the text put in is a reference too. */
  private static final Pattern OS_REFERENCE = Pattern.compile("(\\$1)");

  private Answers() {}

  /** Null if there is no family. */
  static Product browser(Expression expression, MatchResult match) {
    String family = expression.family();
    if (family == null) {
      family = group(match, 1);
    } else if (group(match, 1) != null) {
      family = replaceFirst(family, FIRST_GROUP, match.group(1));
    }
    if (family == null) {
      return null;
    }
    String major = expression.major() != null ? expression.major() : nonEmptyGroup(match, 2);
    String minor = expression.minor();
    String patch = null;
    if (minor == null) {
      minor = nonEmptyGroup(match, 3);
      patch = nonEmptyGroup(match, 4);
    }
    return new Product(family, major, minor, patch, null);
  }

  /** Null if there is no family. */
  static Product os(Expression expression, MatchResult match) {
    String family = expression.family();
    if (family == null) {
      family = group(match, 1);
    } else if (match.groupCount() >= 1 && family.contains(FIRST_GROUP)) {
      family = OS_REFERENCE.matcher(family).replaceAll(match.group(1));
    }
    String major = version(expression.major(), match, 2);
    String minor = version(expression.minor(), match, 3);
    String patch = version(expression.patch(), match, 4);
    return family == null ? null : new Product(family, major, minor, patch, group(match, 5));
  }

  private static String version(String replacement, MatchResult match, int group) {
    if (replacement == null) {
      return group(match, group);
    }
    return replacement.startsWith("$")
        ? match.group(Integer.parseInt(replacement.substring(1)))
        : replacement;
  }

  /** Null if there is no family. */
  static String device(Expression expression, MatchResult match) {
    String replacement = expression.family();
    if (replacement == null) {
      return group(match, 1);
    }
    if (!replacement.contains("$")) {
      return replacement;
    }
    String device = replacement;
    for (int i = 0; i + 1 < replacement.length(); i++) {
      char digit = replacement.charAt(i + 1);
      if (replacement.charAt(i) == '$' && digit >= '0' && digit <= '9') {
        String group = group(match, digit - '0');
        device = replaceFirst(device, "$" + digit, group == null ? "" : group);
      }
    }
    return device.trim();
  }

  private static String nonEmptyGroup(MatchResult match, int group) {
    String text = group(match, group);
    return text == null || text.isEmpty() ? null : text;
  }

  /** Null also if there is no such group. */
  private static String group(MatchResult match, int group) {
    return group <= match.groupCount() ? match.group(group) : null;
  }

  private static String replaceFirst(String text, String reference, String by) {
    int at = text.indexOf(reference);
    return at < 0 ? text : text.substring(0, at) + by + text.substring(at + reference.length());
  }
}
