package dev.sluice.samples;

/** What is special about a synthetic line. */
public enum LineKind {
  /** An ordinary line of the chosen format. */
  PLAIN(Category.PLAIN),

  /** {@code \"} inside the request. */
  ESCAPED_QUOTE_IN_REQUEST(Category.ODD),
  /** {@code \"} inside the referer. */
  ESCAPED_QUOTE_IN_REFERER(Category.ODD),
  /** {@code \"} and {@code \\} inside the user agent. */
  ESCAPED_QUOTE_IN_AGENT(Category.ODD),
  /** The request is {@code -}: the client connected and said nothing (status 408). */
  NO_REQUEST(Category.ODD),
  /** A TLS greeting on a plain port, escaped by the server. */
  TLS_REQUEST(Category.ODD),
  /** The request is one escaped line break. */
  NEWLINE_REQUEST(Category.ODD),
  /** A request without protocol, as of HTTP/0.9. */
  NO_PROTOCOL(Category.ODD),
  HTTP_2(Category.ODD),
  HTTP_3(Category.ODD),
  /** A host name in place of the address. */
  HOST_NAME(Category.ODD),
  /** The user is an e-mail address. */
  USER_EMAIL(Category.ODD),
  /** The user is {@code ""}. */
  USER_EMPTY(Category.ODD),
  /** A user of two words: httpd does not escape the space. */
  USER_WITH_SPACE(Category.ODD),
  /** A target of 2,000 to 8,000 bytes. */
  LONG_TARGET(Category.ODD),
  /** A user agent of 1,500 to 8,000 bytes. */
  LONG_AGENT(Category.ODD),
  /** A raw tab and an escaped one inside a quoted field. */
  TAB(Category.ODD),
  /** A carriage return at the end. */
  TRAILING_CR(Category.ODD),
  /** UTF-8 in the target as {@code \xhh} escapes. */
  ESCAPED_UTF8(Category.ODD),
  /** Bytes in the target that are no UTF-8, as {@code \xhh} escapes. */
  ESCAPED_BYTES(Category.ODD),
  /** UTF-8 in the target and referer as it is, as servers other than httpd write it. */
  RAW_UTF8(Category.ODD),
  /** A Common line in a Combined log. */
  COMMON_LINE(Category.ODD),

  /** Cut off at a random place where something needed is still missing. */
  TRUNCATED(Category.BROKEN),
  /** The last quote is missing. */
  UNTERMINATED_QUOTE(Category.BROKEN),
  BAD_TIMESTAMP(Category.BROKEN),
  BAD_STATUS(Category.BROKEN),
  /** No byte at all; never in a log with ids. */
  EMPTY(Category.BROKEN),
  /** Random bytes, without line breaks. */
  RANDOM_BYTES(Category.BROKEN),
  /** The identity and user, the timestamp, or the status is left out. */
  MISSING_FIELDS(Category.BROKEN);

  /** Whether a parser should accept the line. */
  public enum Category {
    PLAIN,
    ODD,
    BROKEN
  }

  private final Category category;

  LineKind(Category category) {
    this.category = category;
  }

  public Category category() {
    return category;
  }

  public boolean isBroken() {
    return category == Category.BROKEN;
  }
}
