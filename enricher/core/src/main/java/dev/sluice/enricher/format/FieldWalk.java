package dev.sluice.enricher.format;

import dev.sluice.enricher.Outcome.Rejected;
import dev.sluice.enricher.RejectReason;

/**
 * A walk along one line, field by field. Each step goes over a field and answers null, or says why
 * the field is none.
 */
class FieldWalk {
  private static final int STATUS_DIGITS = 3;
  private static final int MAX_BYTES_DIGITS = 18; // so that a long holds the count

  final byte[] text;
  final int to;

  /** Next byte to look at. */
  int at;

  private final int start;

  /**
   * @param start where the line begins: offsets count from here
   * @param from where its first field begins
   */
  FieldWalk(byte[] text, int start, int from, int to) {
    this.text = text;
    this.start = start;
    this.to = to;
    at = from;
  }

  final Rejected rejected(RejectReason reason, int index) {
    return new Rejected(reason, index - start);
  }

  final Rejected truncated() {
    return rejected(RejectReason.TRUNCATED, to);
  }

  final int wordEnd() {
    int i = at;
    while (i < to && text[i] != ' ') {
      i++;
    }
    return i;
  }

  final Rejected skipWord(int end) {
    if (end == to) {
      return truncated();
    }
    at = end + 1;
    return null;
  }

  /** A quoted field and the space after it. */
  final Rejected quoted(RejectReason reason) {
    Rejected wrong = openingQuoteToClosing(reason);
    return wrong == null ? space(reason, at) : wrong;
  }

  /** The space after a field, which is wrong at {@code index} if something else stands there. */
  final Rejected space(RejectReason reason, int index) {
    if (onlyBlanksLeft()) {
      return truncated();
    }
    if (text[at] != ' ') {
      return rejected(reason, index);
    }
    at++;
    return null;
  }

  final Rejected openingQuoteToClosing(RejectReason reason) {
    if (onlyBlanksLeft()) {
      return truncated();
    }
    if (text[at] != '"') {
      return rejected(reason, at);
    }
    int opening = at;
    for (int i = opening + 1; i < to; i++) {
      if (text[i] == '"') {
        at = i + 1;
        return null;
      }
      if (text[i] == '\\') {
        i++; // the escaped byte cannot close the field
      }
    }
    return rejected(RejectReason.UNTERMINATED_QUOTE, opening);
  }

  final Rejected status() {
    if (onlyBlanksLeft()) {
      return truncated();
    }
    int digits = digitsFrom(at);
    if (digits <= STATUS_DIGITS && at + digits == to) {
      return truncated();
    }
    if (digits != STATUS_DIGITS || text[at + digits] != ' ') {
      return rejected(RejectReason.BAD_STATUS, at);
    }
    at += STATUS_DIGITS + 1;
    return null;
  }

  /** 1 to 18 digits, or a dash where one is allowed, and the end of the word. */
  final Rejected count(boolean dashAllowed) {
    if (onlyBlanksLeft()) {
      return truncated();
    }
    int digits = digitsFrom(at);
    int length = dashAllowed && digits == 0 && text[at] == '-' ? 1 : digits;
    int end = at + length;
    if (length == 0 || length > MAX_BYTES_DIGITS || (end < to && !isBlank(text[end]))) {
      return rejected(RejectReason.BAD_BYTES, at);
    }
    at = end;
    return null;
  }

  private int digitsFrom(int from) {
    int i = from;
    while (i < to && text[i] >= '0' && text[i] <= '9') {
      i++;
    }
    return i - from;
  }

  private boolean onlyBlanksLeft() {
    int i = at;
    while (i < to && isBlank(text[i])) {
      i++;
    }
    return i == to;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }
}
