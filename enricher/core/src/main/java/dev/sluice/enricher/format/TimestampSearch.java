package dev.sluice.enricher.format;

/** Looks for {@code [timestamp] "} in the rest of a line whose user may hold anything. */
final class TimestampSearch {
  private static final String AFTER_TIMESTAMP = "] \"";

  private TimestampSearch() {}

  /**
   * A bracket, and how far the text behind it is what should stand there.
   *
   * @param bracket index of the opening bracket
   * @param end index of the first byte that breaks {@code [timestamp] "}, or one after its quote
   */
  record Candidate(int bracket, int end) {
    int length() {
      return end - bracket;
    }

    /** Where the quote of the request is, or would be. */
    int quote() {
      return bracket + 1 + ClfTimestamp.LENGTH + AFTER_TIMESTAMP.length() - 1;
    }

    boolean hasTimestamp() {
      return length() > ClfTimestamp.LENGTH;
    }

    boolean isWhole() {
      return end > quote();
    }
  }

  /** The first of the brackets that get farthest, or null when no bracket follows a space. */
  static Candidate farthest(byte[] text, int from, int to) {
    Candidate best = null;
    for (int i = from; i < to; i++) {
      if (text[i] == '[' && text[i - 1] == ' ') {
        var candidate = new Candidate(i, end(text, i, to));
        if (best == null || candidate.length() > best.length()) {
          best = candidate;
        }
      }
    }
    return best;
  }

  /** Whether {@code [timestamp] "} stands at {@code i}, where another field should begin. */
  static boolean isWholeAt(byte[] text, int i, int to) {
    return i < to && text[i] == '[' && new Candidate(i, end(text, i, to)).isWhole();
  }

  private static int end(byte[] text, int bracket, int to) {
    int i = ClfTimestamp.shapeEnd(text, bracket + 1, to);
    if (i - bracket - 1 < ClfTimestamp.LENGTH) {
      return i;
    }
    int k = 0;
    while (k < AFTER_TIMESTAMP.length() && i < to && text[i] == AFTER_TIMESTAMP.charAt(k)) {
      i++;
      k++;
    }
    return i;
  }

  /**
   * Index of the quote that opens the request, or -1. The quotes of {@code ""}, which is how Apache
   * writes an empty user, are none.
   */
  static int requestQuote(byte[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text[i] == '"' && text[i - 1] == ' ' && (i + 1 == to || text[i + 1] != '"')) {
        return i;
      }
    }
    return -1;
  }
}
