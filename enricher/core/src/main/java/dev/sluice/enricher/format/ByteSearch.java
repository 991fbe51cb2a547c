package dev.sluice.enricher.format;

import dev.sluice.enricher.bytes.Words;

/** Finds bytes eight at a time. Nothing at or after {@code to} is read. */
final class ByteSearch {
  private static final long SPACES = Words.of(' ');
  private static final long QUOTES = Words.of('"');
  private static final long BACKSLASHES = Words.of('\\');

  private ByteSearch() {}

  /** Index of the first space, or {@code to}. */
  static int space(byte[] text, int from, int to) {
    int i = from;
    for (; i <= to - Words.BYTES; i += Words.BYTES) {
      long hits = Words.find(Words.at(text, i), SPACES);
      if (hits != 0) {
        return i + Words.first(hits);
      }
    }
    while (i < to && text[i] != ' ') {
      i++;
    }
    return i;
  }

  /**
   * Index of the quote that closes the field, or {@code to}. A byte after a backslash closes
   * nothing.
   *
   * @param from first byte of the field, after its opening quote
   */
  static int closingQuote(byte[] text, int from, int to) {
    int i = quoteOrBackslash(text, from, to);
    while (i < to && text[i] == '\\') {
      i = quoteOrBackslash(text, Math.min(i + 2, to), to);
    }
    return i;
  }

  private static int quoteOrBackslash(byte[] text, int from, int to) {
    int i = from;
    for (; i <= to - Words.BYTES; i += Words.BYTES) {
      long word = Words.at(text, i);
      long hits = Words.find(word, QUOTES) | Words.find(word, BACKSLASHES);
      if (hits != 0) {
        return i + Words.first(hits);
      }
    }
    while (i < to && text[i] != '"' && text[i] != '\\') {
      i++;
    }
    return i;
  }
}
