package dev.sluice.firehose.event;

import dev.sluice.enricher.bytes.ByteSearch;
import dev.sluice.enricher.bytes.Words;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The next token of a JSON text of the usual kind, and where it stands. Not thread-safe. */
final class JsonTokens {
  private static final int BLOCK_BYTES = 4 * Words.BYTES;
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = ONES << 7;
  private static final long LOWEST_DIGITS = '+' * ONES;
  private static final long LOWER_CASE = ' ' * ONES;
  private static final long BEYOND_LETTERS = (0x80 - '{') * ONES;

  private byte[] json;
  private int end;
  private int at;
  private int tokenFrom;
  private int tokenTo;

  /**
   * @param length bytes of the text; null and 0 let go of it
   */
  void begin(byte[] newJson, int length) {
    json = newJson;
    end = length;
    at = 0;
  }

  /** Where the next token begins, or the space before it. */
  int at() {
    return at;
  }

  /** Goes back to a place. */
  void back(int to) {
    at = to;
  }

  /** First byte of the text or number found last. */
  int from() {
    return tokenFrom;
  }

  /** One after its last byte. */
  int to() {
    return tokenTo;
  }

  /** Goes past the same bytes as those from {@code from} to {@code to}, if they come next. */
  boolean same(int from, int to) {
    int count = to - from;
    if (count > end - at || !sameBytes(from, count)) {
      return false;
    }
    at += count;
    return true;
  }

  /** Goes past a part of a record that comes again, if it is next. */
  boolean pass(RecordPart part) {
    if (!part.isAt(json, at, end)) {
      return false;
    }
    at += part.length();
    return true;
  }

  /** Goes past records of direct puts that come next, and takes them into the event. */
  void passDirectPuts(RecordShape shape, FirehoseEvent event) {
    at = shape.passDirectPuts(json, at, end, event);
  }

  /** By words, which for so few bytes is less than the call of what compares any number. */
  private boolean sameBytes(int from, int count) {
    byte[] text = json;
    int start = at;
    if (count < Words.BYTES) {
      for (int i = 0; i < count; i++) {
        if (text[from + i] != text[start + i]) {
          return false;
        }
      }
      return true;
    }
    return Words.areSame(text, from, text, start, count);
  }

  /** A string whose bytes all stand for themselves. */
  boolean text(boolean base64) {
    if (!take('"')) {
      return false;
    }
    plainText(base64);
    if (at == end || json[at] != '"') {
      return false;
    }
    at++;
    return true;
  }

  /**
   * Bytes that all stand for themselves, as many as there are.
   *
   * @param base64 whether it is likely to be Base64, which is passed over faster; any other text is
   *     found all the same
   */
  void plainText(boolean base64) {
    tokenFrom = at;
    int passed = base64 ? base64End(json, at, end) : at;
    tokenTo = passed < end && json[passed] == '"' ? passed : ByteSearch.plainEnd(json, passed, end);
    at = tokenTo;
  }

  /**
   * A place up to which all characters stand for themselves: where there is anything below {@code
   * +}, the lowest digit of Base64, anything between its letters and behind them, a backslash among
   * it, or anything beyond ASCII; or fewer than {@value #BLOCK_BYTES} before {@code to}. What
   * follows is for a slower search.
   */
  static int base64End(byte[] text, int from, int to) {
    for (int i = from; i <= to - BLOCK_BYTES; i += BLOCK_BYTES) {
      long first = others(Words.at(text, i));
      long second = others(Words.at(text, i + Words.BYTES));
      long third = others(Words.at(text, i + 2 * Words.BYTES));
      long fourth = others(Words.at(text, i + 3 * Words.BYTES));
      if (((first | second | third | fourth) & HIGH_BITS) != 0) {
        return i + firstOf(first, second, third, fourth);
      }
    }
    return Math.max(from, to - (to - from) % BLOCK_BYTES);
  }

  /**
   * As small letters, what is beyond the large ones is beyond the small ones too; what is too much
   * for the sum is not too little for the difference. A borrow or a carry goes into a higher byte
   * only from one that ends the search anyway.
   */
  private static long others(long word) {
    return word - LOWEST_DIGITS | (word | LOWER_CASE) + BEYOND_LETTERS;
  }

  /** The first byte of four words that has its highest bit set, without a branch. */
  private static int firstOf(long first, long second, long third, long fourth) {
    int one = bitOf(first);
    int two = bitOf(second);
    int three = bitOf(third);
    int noOne = -(one >>> 6); // all bits when there are 64 before the first
    int noTwo = noOne & -(two >>> 6);
    int noThree = noTwo & -(three >>> 6);
    return one + (two & noOne) + (three & noTwo) + (bitOf(fourth) & noThree) >>> 3;
  }

  private static int bitOf(long word) {
    return Long.numberOfTrailingZeros(word & HIGH_BITS);
  }

  /** A whole number that is not negative, and what can follow one. */
  boolean number() {
    skipSpace();
    return digits() && isAfterNumber();
  }

  /** Digits as a number has them: without a zero before others. */
  boolean digits() {
    tokenFrom = at;
    while (at < end && json[at] >= '0' && json[at] <= '9') {
      at++;
    }
    tokenTo = at;
    int digits = tokenTo - tokenFrom;
    return digits == 1 || digits > 1 && json[tokenFrom] != '0';
  }

  /** Whether a number can end here: a fraction or an exponent makes another number of it. */
  private boolean isAfterNumber() {
    if (at == end) {
      return false;
    }
    byte next = json[at];
    return next == ',' || next == '}' || isSpace(next);
  }

  boolean take(char wanted) {
    skipSpace();
    if (at < end && json[at] == wanted) {
      at++;
      return true;
    }
    return false;
  }

  boolean isAtEnd() {
    skipSpace();
    return at == end;
  }

  private void skipSpace() {
    while (at < end && isSpace(json[at])) {
      at++;
    }
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  boolean isKey(byte[] key, int from, int to) {
    return to - from == key.length && Arrays.equals(json, from, to, key, 0, key.length);
  }

  /** What was found last, which is ASCII. */
  String string() {
    return new String(json, tokenFrom, tokenTo - tokenFrom, StandardCharsets.US_ASCII);
  }
}
