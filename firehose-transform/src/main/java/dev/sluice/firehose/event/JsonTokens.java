package dev.sluice.firehose.event;

import dev.sluice.enricher.bytes.ByteSearch;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The next token of a JSON text of the usual kind, and where it stands. Not thread-safe. */
final class JsonTokens {
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
    int next = at + to - from;
    if (next > end || !Arrays.equals(json, from, to, json, at, next)) {
      return false;
    }
    at = next;
    return true;
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
    tokenTo = ByteSearch.plainEnd(json, base64 ? Base64Text.wordsEnd(json, at, end) : at, end);
    at = tokenTo;
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
