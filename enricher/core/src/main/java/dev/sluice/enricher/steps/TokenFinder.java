package dev.sluice.enricher.steps;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * Finds secrets by their looks: JSON Web Tokens, access keys by their well-known beginnings, what
 * follows {@code Authorization:} or {@code Bearer}, {@code user:password@} in URLs, hexadecimal
 * numbers of 32 digits or more, and words of 32 bytes or more (base64 of 40 or more) whose letters
 * and digits change as only random ones do. A UUID is none.
 */
final class TokenFinder implements TextFinder {
  private static final int MIN_HEX = 32;
  private static final int MIN_RANDOM = 32;
  private static final int MIN_BASE64 = 40;
  private static final int MIN_BEARER = 16;
  private static final int MAX_GAP = 3;

  private static final byte[] AUTHORIZATION = "authorization".getBytes(US_ASCII);
  private static final byte[] BEARER = "bearer".getBytes(US_ASCII);

  @Override
  public void mark(DecodedText text, TextMarks marks) {
    byte[] bytes = text.bytes();
    int length = text.length();
    int from = 0;
    int announcedAt = -1; // where a secret must begin, because the word before announces one
    boolean afterAuthorization = false;
    while (from < length) {
      if (!Bytes.isWord(bytes[from])) {
        from++;
        continue;
      }
      int to = from;
      while (to < length && Bytes.isWord(bytes[to])) {
        to++;
      }
      if (announcedAt >= 0 && from - announcedAt <= MAX_GAP) {
        int end = secretEnd(bytes, from, length);
        if (afterAuthorization || end - from >= MIN_BEARER) {
          marks.mark(from, end, TextMarks.TOKEN);
        }
        announcedAt = -1;
        afterAuthorization = false;
        from = Math.max(to, end);
        continue;
      }
      announcedAt = -1;
      if (Bytes.equalsIgnoringCase(bytes, from, to, AUTHORIZATION)) {
        // "Authorization: Basic secret", or the secret at once
        int scheme = schemeEnd(bytes, to, length);
        announcedAt = scheme;
        afterAuthorization = true;
        from = Math.max(to, scheme);
        continue;
      }
      if (Bytes.equalsIgnoringCase(bytes, from, to, BEARER)) {
        announcedAt = to;
      } else {
        to = markWord(bytes, from, to, length, marks);
      }
      from = to;
    }
    Base64Runs.mark(text, marks, MIN_BASE64);
    markUserInfo(bytes, length, marks);
  }

  /** End of the scheme behind {@code Authorization}, or {@code from} when there is none. */
  private static int schemeEnd(byte[] text, int from, int to) {
    int start = from;
    while (start < to && start - from < MAX_GAP && !Bytes.isWord(text[start])) {
      start++;
    }
    for (String scheme : new String[] {"basic", "bearer", "digest", "token", "negotiate"}) {
      int end = start + scheme.length();
      if (Bytes.startsWithIgnoringCase(text, start, to, scheme.getBytes(US_ASCII))
          && end < to
          && !Bytes.isWord(text[end])) {
        return end;
      }
    }
    return from;
  }

  /** Token68 of RFC 9110, 11.2. */
  private static int secretEnd(byte[] text, int from, int to) {
    int end = from;
    while (end < to && (Bytes.isWord(text[end]) || "._~+/=:".indexOf(text[end]) >= 0)) {
      end++;
    }
    return end;
  }

  /**
   * Answers one after the last byte that was looked at, which is {@code to} or the end of a find.
   */
  private static int markWord(byte[] text, int from, int to, int length, TextMarks marks) {
    int jwtEnd = KnownTokens.jwtEnd(text, from, to, length);
    if (jwtEnd > from) {
      marks.mark(from, jwtEnd, TextMarks.TOKEN);
      return jwtEnd;
    }
    if (to - from >= MIN_RANDOM && !isUuid(text, from, to) && Base64Runs.isRandom(text, from, to)) {
      marks.mark(from, to, TextMarks.TOKEN);
      return to;
    }
    int start = from;
    for (int i = from; i <= to; i++) {
      if (i == to || !Bytes.isLetterOrDigit(text[i])) {
        if (KnownTokens.isKey(text, start, to) || (i - start >= MIN_HEX && isHex(text, start, i))) {
          marks.mark(start, KnownTokens.isKey(text, start, to) ? to : i, TextMarks.TOKEN);
        }
        start = i + 1;
      }
    }
    return to;
  }

  private static boolean isHex(byte[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!Bytes.isHex(text[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean isUuid(byte[] text, int from, int to) {
    if (to - from != 36) {
      return false;
    }
    for (int i = 0; i < 36; i++) {
      boolean hyphen = i == 8 || i == 13 || i == 18 || i == 23;
      if (hyphen ? text[from + i] != '-' : !Bytes.isHex(text[from + i])) {
        return false;
      }
    }
    return true;
  }

  /** Marks what stands between {@code ://} and an {@code @} of the authority, if it has a colon. */
  private static void markUserInfo(byte[] text, int length, TextMarks marks) {
    for (int i = 0; i + 2 < length; i++) {
      if (text[i] != ':' || text[i + 1] != '/' || text[i + 2] != '/') {
        continue;
      }
      int from = i + 3;
      int end = from;
      int at = -1;
      boolean colon = false;
      while (end < length && "/?# \"".indexOf(text[end]) < 0) {
        if (text[end] == '@') {
          at = end;
        }
        colon |= text[end] == ':' && at < 0;
        end++;
      }
      if (at > from && colon) {
        marks.mark(from, at, TextMarks.TOKEN);
      }
      i = end - 1;
    }
  }
}
