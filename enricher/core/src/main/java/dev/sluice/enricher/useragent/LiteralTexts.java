package dev.sluice.enricher.useragent;

import java.nio.charset.StandardCharsets;

/** How literals must be written, by their numbers; read when first needed. Thread-safe. */
final class LiteralTexts {
  private final byte[] bytes;
  private final int[] from;
  private final int[] to;

  /** Two threads that come at once put equal texts there. */
  private final String[] known;

  /**
   * @param known by number, the text, or null when case is no matter
   */
  LiteralTexts(String[] known) {
    bytes = new byte[0];
    from = new int[known.length];
    to = from;
    this.known = known;
  }

  /**
   * @param bytes UTF-8
   * @param from by number, where the text begins
   * @param to by number, where it ends; there too when case is no matter
   */
  LiteralTexts(byte[] bytes, int[] from, int[] to) {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
    known = new String[from.length];
  }

  int count() {
    return known.length;
  }

  /** The text that a place must have to the letter, or null when case is no matter. */
  String exactly(int literal) {
    String text = known[literal];
    int begin = from[literal];
    if (text == null && begin < to[literal]) {
      text = new String(bytes, begin, to[literal] - begin, StandardCharsets.UTF_8);
      known[literal] = text;
    }
    return text;
  }
}
