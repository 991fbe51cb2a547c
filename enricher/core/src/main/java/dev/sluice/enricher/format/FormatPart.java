package dev.sluice.enricher.format;

import java.util.regex.Pattern;

/**
 * One literal or one directive of a format string.
 *
 * @param extent how to tell where it ends in a line
 * @param text the text of a literal, the regular expression of a shaped field, otherwise empty
 * @param directive as it stands in the format string
 * @param index of its first character in the format string
 * @param field what it tells, or null when that has no name here
 * @param rank lower wins where several parts tell the same
 */
record FormatPart(Extent extent, String text, String directive, int index, Field field, int rank) {

  /** How to tell where a part ends. */
  enum Extent {
    /** Its own text. */
    LITERAL,
    /** Bytes of a known shape and bounded length. */
    SHAPED,
    /** Holds no space. */
    WORD,
    /** Holds a space only after a comma. */
    LIST,
    /** Holds anything: ends where what follows in the format begins. */
    TEXT,
    /** Empty, or text that begins with a question mark. */
    QUERY
  }

  static FormatPart literal(String text, int index) {
    return new FormatPart(Extent.LITERAL, text, text, index, null, 0);
  }

  boolean isLiteral() {
    return extent == Extent.LITERAL;
  }

  /** An expression of bounded length for a literal or a shaped field. */
  String regex() {
    return isLiteral() ? quote(text) : "(?:" + text + ")";
  }

  /** The text as an expression, with a backslash before what is not plainly a literal. */
  static String quote(String text) {
    return Pattern.compile("[^A-Za-z0-9 \":,;/<>=_%@!~&#'`\\x80-\\xFF]")
        .matcher(text)
        .replaceAll("\\\\$0");
  }
}
