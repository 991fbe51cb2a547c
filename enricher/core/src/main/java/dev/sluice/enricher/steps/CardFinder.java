package dev.sluice.enricher.steps;

/**
 * Finds numbers of payment cards: 13 to 19 digits with at most one blank, plus, hyphen or dot
 * between two of them, the first from 2 to 6 (ISO/IEC 7812: travel and banking), whose Luhn sum is
 * right, with no digit right before or after.
 */
final class CardFinder implements TextFinder {
  private static final int MIN_DIGITS = 13;
  private static final int MAX_DIGITS = 19;

  @Override
  public void mark(DecodedText text, TextMarks marks) {
    byte[] bytes = text.bytes();
    int length = text.length();
    int i = 0;
    while (i < length) {
      byte b = bytes[i];
      boolean start = b >= '2' && b <= '6' && (i == 0 || !Bytes.isDigit(bytes[i - 1]));
      int end = start ? end(bytes, i, length) : i;
      if (end > i) {
        marks.mark(i, end, TextMarks.CARD);
        i = end;
      } else {
        i++;
      }
    }
  }

  /**
   * One after the last digit of the longest number that begins at {@code from}, or {@code from}.
   */
  private static int end(byte[] text, int from, int to) {
    int end = from;
    int digits = 0;
    int sum = 0; // of the digits as they are, those at odd places from the left doubled
    int otherSum = 0; // the same with those at even places doubled
    int i = from;
    while (i < to && digits < MAX_DIGITS) {
      if (Bytes.isDigit(text[i])) {
        int digit = text[i] - '0';
        int doubled = digit < 5 ? 2 * digit : 2 * digit - 9;
        sum += digits % 2 == 0 ? doubled : digit;
        otherSum += digits % 2 == 0 ? digit : doubled;
        digits++;
        boolean last = i + 1 == to || !Bytes.isDigit(text[i + 1]);
        // Luhn doubles every second digit from the right, the last one not.
        if (last && digits >= MIN_DIGITS && (digits % 2 == 0 ? sum : otherSum) % 10 == 0) {
          end = i + 1;
        }
      } else if (!isSeparator(text[i]) || !Bytes.isDigit(text[i - 1])) {
        break;
      }
      i++;
    }
    return end;
  }

  private static boolean isSeparator(byte b) {
    return b == ' ' || b == '+' || b == '-' || b == '.';
  }
}
