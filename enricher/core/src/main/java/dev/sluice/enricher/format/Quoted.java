package dev.sluice.enricher.format;

import dev.sluice.enricher.bytes.ByteSearch;

/** A field between quotes, as Apache escapes it. */
final class Quoted {
  private Quoted() {}

  /**
   * Index of the quote that closes the field, or {@code to}. A byte after a backslash closes
   * nothing.
   *
   * @param from first byte of the field, after its opening quote
   */
  static int closingQuote(byte[] text, int from, int to) {
    int i = ByteSearch.indexOfEither('"', '\\', text, from, to);
    while (i < to && text[i] == '\\') {
      i = ByteSearch.indexOfEither('"', '\\', text, Math.min(i + 2, to), to);
    }
    return i;
  }
}
