package dev.sluice.enricher.steps;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Finds the values of named parameters, in queries, in fragments, and wherever else {@code
 * name=value} stands, also in a URL that is itself encoded as a parameter. Names are compared
 * decoded and without regard to the case of ASCII letters; of {@code user[token][]} each part is a
 * name. A value ends at an ampersand or a hash sign that is encoded no more often than its equals
 * sign, or at a blank or a quote that stands for itself.
 */
final class ParameterFinder implements TextFinder {
  private final byte[][] names;

  ParameterFinder(List<String> names) {
    this.names =
        names.stream()
            .map(name -> name.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
  }

  @Override
  public void mark(DecodedText text, TextMarks marks) {
    byte[] bytes = text.bytes();
    int length = text.length();
    for (int i = 0; i < length; i++) {
      if (bytes[i] == '=' && isNamed(bytes, i)) {
        int end = i + 1;
        while (end < length && !ends(text, end, text.level(i))) {
          end++;
        }
        marks.mark(i + 1, end, TextMarks.PARAMETER);
        i = end - 1;
      }
    }
  }

  private static boolean ends(DecodedText text, int i, int level) {
    return switch (text.bytes()[i]) {
      case '&', '#' -> text.level(i) <= level;
      case ' ', '\t', '"' -> text.level(i) == 0;
      default -> false;
    };
  }

  /** Whether one of the names, or a part of it in brackets, stands before the equals sign. */
  private boolean isNamed(byte[] text, int equals) {
    int to = equals;
    for (int i = equals - 1; i >= -1; i--) {
      boolean inside = i >= 0 && Bytes.isName(text[i]);
      if (!inside || text[i] == '[' || text[i] == ']') {
        if (isName(text, i + 1, to)) {
          return true;
        }
        to = i;
      }
      if (!inside) {
        return false;
      }
    }
    return false;
  }

  private boolean isName(byte[] text, int from, int to) {
    for (byte[] name : names) {
      if (Bytes.equalsIgnoringCase(text, from, to, name)) {
        return true;
      }
    }
    return false;
  }
}
