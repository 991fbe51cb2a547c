package dev.sluice.enricher.format;

import java.util.List;

/**
 * The regular expression of one part of a format, in the light of what follows it. Every quantifier
 * is possessive and every look-ahead bounded, so that the whole runs in linear time.
 *
 * <p>Text without a known shape ends at the first place where the format goes on: where the literal
 * after it stands, and the literals and shaped fields after that. httpd escapes quotes and
 * backslashes but no spaces, so this is what keeps a space in {@code %u} from shifting the fields.
 */
final class PartExpression {
  private static final String AT_END = "[ \\t]*+\\z";
  private static final char NONE = 0; // settings and arguments cannot hold it

  private final List<FormatPart> parts;
  private final int index;

  /** Between quotes of the format, where quotes and backslashes come escaped. */
  private final boolean quoted;

  PartExpression(List<FormatPart> parts, int index) {
    this.parts = parts;
    this.index = index;
    quoted = isQuoted(parts, index);
  }

  private static boolean isQuoted(List<FormatPart> parts, int index) {
    long quotes =
        parts.subList(0, index).stream()
            .filter(FormatPart::isLiteral)
            .flatMapToInt(part -> part.text().chars())
            .filter(c -> c == '"')
            .count();
    return quotes % 2 == 1;
  }

  /** Exactly what may stand for the part. */
  String regex() {
    return hasKnownExtent() ? parts.get(index).regex() : regex(follow());
  }

  /** The same, but text ends at the first byte that could end it. For diagnosis. */
  String shortest() {
    return hasKnownExtent() ? parts.get(index).regex() : regex("");
  }

  private boolean hasKnownExtent() {
    FormatPart part = parts.get(index);
    return part.isLiteral() || part.extent() == FormatPart.Extent.SHAPED;
  }

  private String regex(String follow) {
    return switch (parts.get(index).extent()) {
      case WORD -> word(follow);
      case LIST -> stop() == ' ' && !quoted ? "(?:[^ ,]++|,++ ?+)++" : text(follow);
      case QUERY -> "(?:\\?" + text(follow) + ")?+";
      default -> text(follow);
    };
  }

  private String word(String follow) {
    return repeated(" " + (stop() == NONE ? "\t" : ""), follow) + "++";
  }

  private String text(String follow) {
    return stop() == NONE && !isBeforeQuery() ? ".*+" : repeated("", follow) + "*+";
  }

  /** Bytes that are in the part for sure, or that end it only where the format goes on. */
  private String repeated(String never, String follow) {
    char stop = stop();
    String excluded = never + (stop == NONE || never.indexOf(stop) >= 0 ? "" : stop);
    if (isBeforeQuery()) {
      excluded += '?';
    }
    String alternatives = "";
    if (quoted) {
      excluded += (stop == '"' ? "" : "\"") + "\\";
      alternatives += "|\\\\.";
    }
    boolean stopIsText = never.indexOf(stop) < 0 && !(quoted && (stop == '"' || stop == '\\'));
    if (stop != NONE && stopIsText && !follow.isEmpty()) {
      alternatives += "|" + FormatPart.quote(String.valueOf(stop)) + "(?!" + follow + ")";
    }
    String bytes = "[^" + FormatPart.quote(excluded) + "]";
    return alternatives.isEmpty() ? bytes : "(?:" + bytes + "++" + alternatives + ")";
  }

  private boolean isBeforeQuery() {
    return index + 1 < parts.size() && parts.get(index + 1).extent() == FormatPart.Extent.QUERY;
  }

  /** The part that ends this one: the next, or the one after an empty query. */
  private int next() {
    return index + (isBeforeQuery() ? 2 : 1);
  }

  /** First byte of the literal that ends this part, or NONE at the end of the format. */
  private char stop() {
    return next() < parts.size() ? parts.get(next()).text().charAt(0) : NONE;
  }

  /** What must stand behind the first byte of that literal, up to the next part without shape. */
  private String follow() {
    if (next() >= parts.size()) {
      return "";
    }
    var follow = new StringBuilder(FormatPart.quote(parts.get(next()).text().substring(1)));
    int i = next() + 1;
    while (i < parts.size() && new PartExpression(parts, i).hasKnownExtent()) {
      follow.append(parts.get(i).regex());
      i++;
    }
    return i == parts.size() ? follow + AT_END : follow.toString();
  }
}
