package dev.sluice.enricher.profile;

import dev.sluice.enricher.bytes.Words;
import java.nio.charset.StandardCharsets;

/**
 * What stands before a value, as words that HotSpot knows while it compiles, because they are
 * components of a record.
 *
 * @param length bytes, at most three words
 */
record KeyWords(long first, long second, long third, int length) {
  /** Bytes that {@link #put} may write behind the text. */
  static final int SLACK = 3 * Words.BYTES;

  static KeyWords of(String ascii) {
    byte[] padded = (ascii + "\0".repeat(SLACK)).getBytes(StandardCharsets.US_ASCII);
    if (ascii.length() > SLACK) {
      throw new IllegalArgumentException(ascii + " is longer than " + SLACK + " bytes");
    }
    return new KeyWords(
        Words.at(padded, 0),
        Words.at(padded, Words.BYTES),
        Words.at(padded, 2 * Words.BYTES),
        ascii.length());
  }

  /** The same after a quote; one byte less may be long. */
  KeyWords afterQuote() {
    if (length == SLACK) {
      throw new IllegalStateException("no place for a quote within " + SLACK + " bytes");
    }
    return new KeyWords(
        first << Byte.SIZE | '"',
        second << Byte.SIZE | first >>> Long.SIZE - Byte.SIZE,
        third << Byte.SIZE | second >>> Long.SIZE - Byte.SIZE,
        length + 1);
  }

  /** Writes the text, and up to {@value #SLACK} bytes of no meaning behind it; answers its end. */
  int put(byte[] array, int at) {
    Words.put(array, at, first);
    if (length > Words.BYTES) {
      Words.put(array, at + Words.BYTES, second);
    }
    if (length > 2 * Words.BYTES) {
      Words.put(array, at + 2 * Words.BYTES, third);
    }
    return at + length;
  }
}
