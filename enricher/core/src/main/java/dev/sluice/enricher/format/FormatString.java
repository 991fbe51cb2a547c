package dev.sluice.enricher.format;

import dev.sluice.enricher.InvalidLogFormatException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a {@code LogFormat} string into its parts, by the grammar of httpd's {@code
 * parse_log_item} (mod_log_config.c): a percent sign, modifiers in any order, a letter. Literals
 * come out as one character for each byte of UTF-8.
 */
final class FormatString {
  /** Characters; httpd's own configuration lines end at 16 MiB, real formats below 1,000. */
  static final int MAX_LENGTH = 4_096;

  /** Bounds the depth of the stack that the regular expression needs. */
  static final int MAX_PARTS = 128;

  private final String format;
  private final List<FormatPart> parts = new ArrayList<>();
  private final StringBuilder literal = new StringBuilder();
  private int literalIndex;
  private int at;

  private FormatString(String format) {
    this.format = format;
  }

  /** The parts, no two literals side by side. */
  static List<FormatPart> parse(String format) {
    if (format.length() > MAX_LENGTH) {
      throw new InvalidLogFormatException(MAX_LENGTH, "the string is longer than " + MAX_LENGTH);
    }
    return new FormatString(format).run();
  }

  private List<FormatPart> run() {
    while (at < format.length()) {
      if (format.charAt(at) == '%') {
        directive();
      } else {
        literalCharacter();
      }
    }
    while (!literal.isEmpty() && " \t".indexOf(literal.charAt(literal.length() - 1)) >= 0) {
      literal.setLength(literal.length() - 1); // blanks at the end of a line mean nothing
    }
    endLiteral();
    return parts;
  }

  private void literalCharacter() {
    char c = format.charAt(at);
    int length = 1;
    if (c == '\\' && at + 1 < format.length()) {
      char escaped = format.charAt(at + 1);
      // Like httpd, which unescapes quotes when it reads its file, and the rest here.
      switch (escaped) {
        case '"', '\\' -> c = escaped;
        case 't' -> c = '\t';
        case 'n', 'r' -> throw new InvalidLogFormatException(at, "a line cannot hold a line break");
        default -> length = 0;
      }
      length++;
    }
    addLiteral(c, at);
    at += length;
  }

  private void addLiteral(char c, int index) {
    if (c == '\n' || c == '\r') {
      throw new InvalidLogFormatException(index, "a line cannot hold a line break");
    }
    if (literal.isEmpty()) {
      literalIndex = index;
    }
    literal.append(c);
  }

  private void endLiteral() {
    if (!literal.isEmpty()) {
      byte[] bytes = literal.toString().getBytes(StandardCharsets.UTF_8);
      add(FormatPart.literal(new String(bytes, StandardCharsets.ISO_8859_1), literalIndex));
      literal.setLength(0);
    }
  }

  private void add(FormatPart part) {
    if (parts.size() == MAX_PARTS) {
      throw new InvalidLogFormatException(part.index(), "more than " + MAX_PARTS + " parts");
    }
    parts.add(part);
  }

  private void directive() {
    int start = at++;
    String argument = "";
    boolean conditional = false;
    boolean original = false;
    boolean last = false;
    while (at < format.length()) {
      char c = format.charAt(at);
      switch (c) {
        case '%' -> {
          addLiteral('%', start);
          at++;
          return;
        }
        case '!', ',' -> at++;
        case '<' -> {
          original = true;
          at++;
        }
        case '>' -> {
          last = true;
          at++;
        }
        case '{' -> argument = argument();
        default -> {
          if (c >= '0' && c <= '9') {
            conditional = true;
            at++;
          } else {
            endDirective(new Directive(letter(), argument, conditional, original, last), start);
            return;
          }
        }
      }
    }
    throw new InvalidLogFormatException(start, "the directive has no letter");
  }

  private String argument() {
    int end = format.indexOf('}', at);
    if (end < 0) {
      throw new InvalidLogFormatException(at, "the brace is never closed");
    }
    String argument = format.substring(at + 1, end);
    at = end + 1;
    return argument;
  }

  /** One character, or three that start with a circumflex. */
  private String letter() {
    int length = format.charAt(at) == '^' ? 3 : 1;
    int end = Math.min(at + length, format.length());
    String letter = format.substring(at, end);
    at = end;
    return letter;
  }

  private void endDirective(Directive directive, int start) {
    String source = format.substring(start, at);
    if (directive.isBracketedTime()) {
      if (directive.conditional()) {
        throw new InvalidLogFormatException(start, "%t cannot stand under a condition");
      }
      addLiteral('[', start);
      endLiteral();
      add(directive.part(source, start));
      addLiteral(']', start);
      return;
    }
    FormatPart part = directive.part(source, start);
    FormatPart joined =
        parts.isEmpty()
            ? null
            : TimeFormat.join(parts.get(parts.size() - 1), literal.toString(), part);
    if (joined != null) {
      parts.set(parts.size() - 1, joined);
      literal.setLength(0);
      return;
    }
    endLiteral();
    requireSeparator(part);
    add(part);
  }

  private void requireSeparator(FormatPart part) {
    if (parts.isEmpty() || part.extent() == FormatPart.Extent.QUERY) {
      return;
    }
    FormatPart before = parts.get(parts.size() - 1);
    if (!before.isLiteral()) {
      throw new InvalidLogFormatException(
          part.index(), "nothing parts " + before.directive() + " from " + part.directive());
    }
  }
}
