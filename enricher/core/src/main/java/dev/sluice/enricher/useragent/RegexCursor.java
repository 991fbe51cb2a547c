package dev.sluice.enricher.useragent;

/** A place in the text of a regular expression. */
final class RegexCursor {
  /** What {@link #peek} says at the end. */
  static final char END = '\uffff';

  private final String regex;
  private int at;

  RegexCursor(String regex) {
    this.regex = regex;
  }

  boolean atEnd() {
    return at == regex.length();
  }

  char peek() {
    return peek(0);
  }

  char peek(int ahead) {
    return at + ahead < regex.length() ? regex.charAt(at + ahead) : END;
  }

  /** The next character, and moves behind it. */
  char next() {
    if (atEnd()) {
      throw new UnreadSyntaxException();
    }
    return regex.charAt(at++);
  }

  /** Moves behind {@code text} if it comes next. */
  boolean skip(String text) {
    if (!regex.startsWith(text, at)) {
      return false;
    }
    at += text.length();
    return true;
  }

  void expect(String text) {
    if (!skip(text)) {
      throw new UnreadSyntaxException();
    }
  }

  /** Moves behind the next {@code last}. */
  void skipThrough(char last) {
    while (next() != last) {
      // what stands before it does not matter
    }
  }

  /** An ASCII decimal of 1 to 5 digits, at most {@link RegexNode#UNBOUNDED}. */
  int number() {
    int digits = 0;
    int value = 0;
    while (peek() >= '0' && peek() <= '9') {
      value = value * 10 + next() - '0';
      if (++digits > 5) {
        throw new UnreadSyntaxException();
      }
    }
    if (digits == 0) {
      throw new UnreadSyntaxException();
    }
    return value;
  }

  /** The expression has a corner that is not read here. Tells no more, and costs no stack trace. */
  static final class UnreadSyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadSyntaxException() {
      super(null, null, false, false);
    }
  }
}
