package dev.sluice.enricher.useragent;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The beginning {@code ^.{0,n}} of an expression. It says that the rest may match anywhere among
 * the first chars, so one can try the rest where its literals are, rather than everywhere.
 *
 * @param max chars that it takes, at most
 * @param lazy whether it takes as few as it can, and not as many
 * @param rest the expression behind it
 */
record Lead(int max, boolean lazy, String rest) {
  private static final Pattern TEXT = Pattern.compile("\\^\\.\\{0,(\\d{1,4})}(\\??+)(?!\\+)(.+)");

  /** The lead of an expression that is a sequence of it and something else. */
  static Optional<Lead> of(String regex) {
    Matcher matcher = TEXT.matcher(regex);
    return matcher.matches()
        ? Optional.of(
            new Lead(
                Integer.parseInt(matcher.group(1)), !matcher.group(2).isEmpty(), matcher.group(3)))
        : Optional.empty();
  }

  /**
   * The last index of the text at which the rest may begin; -1 if it holds surrogates, of which the
   * lead takes two at a time.
   */
  int lastStart(String text) {
    int end = Math.min(max, text.length());
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        return -1;
      }
      if (c == '\n' || c == '\r' || c == '\u0085' || c == '\u2028' || c == '\u2029') {
        return i; // line terminators, which a dot does not match
      }
    }
    return end;
  }
}
