package dev.sluice.enricher.bytes;

/** Finds ASCII characters eight bytes at a time. Nothing at or after {@code to} is read. */
public final class ByteSearch {
  private ByteSearch() {}

  /** Index of the first {@code wanted} from {@code from} on, or {@code to}. */
  public static int indexOf(char wanted, byte[] text, int from, int to) {
    long pattern = Words.of(wanted);
    int i = from;
    for (; i <= to - 2 * Words.BYTES; i += 2 * Words.BYTES) {
      long first = Words.find(Words.at(text, i), pattern);
      long second = Words.find(Words.at(text, i + Words.BYTES), pattern);
      if ((first | second) != 0) {
        return i + Words.first(first, second);
      }
    }
    return indexOfEither(wanted, wanted, text, i, to);
  }

  /** Index of the first of both characters, neither of them NUL, or {@code to}. */
  public static int indexOfEither(char one, char other, byte[] text, int from, int to) {
    long ones = Words.of(one);
    long others = Words.of(other);
    int i = from;
    for (; i <= to - Words.BYTES; i += Words.BYTES) {
      long word = Words.at(text, i);
      long hits = Words.find(word, ones) | Words.find(word, others);
      if (hits != 0) {
        return i + Words.first(hits);
      }
    }
    if (to >= Words.BYTES && i < to) {
      long word = Words.before(text, to, to - i);
      return Math.min(to, i + Words.first(Words.find(word, ones) | Words.find(word, others)));
    }
    while (i < to && text[i] != one && text[i] != other) {
      i++;
    }
    return i;
  }

  /** Index of the last {@code wanted} before {@code to}, or {@code from - 1}. */
  public static int lastIndexOf(char wanted, byte[] text, int from, int to) {
    long pattern = Words.of(wanted);
    int end = to;
    for (; end - Words.BYTES >= from; end -= Words.BYTES) {
      long hits = Words.findAll(Words.at(text, end - Words.BYTES), pattern);
      if (hits != 0) {
        return end - 1 - (Long.numberOfLeadingZeros(hits) >>> 3);
      }
    }
    while (end > from && text[end - 1] != wanted) {
      end--;
    }
    return end - 1;
  }

  /**
   * Index of the first byte that does not stand for itself inside a JSON string on one line, or
   * {@code to}: a control, a quote, a backslash, DEL, anything beyond ASCII.
   */
  public static int plainEnd(byte[] text, int from, int to) {
    int i = from;
    for (; i <= to - 2 * Words.BYTES; i += 2 * Words.BYTES) {
      long first = Words.findSpecial(Words.at(text, i));
      long second = Words.findSpecial(Words.at(text, i + Words.BYTES));
      if ((first | second) != 0) {
        return i + Words.first(first, second);
      }
    }
    if (i <= to - Words.BYTES) {
      long special = Words.findSpecial(Words.at(text, i));
      if (special != 0) {
        return i + Words.first(special);
      }
      i += Words.BYTES;
    }
    if (to >= Words.BYTES && i < to) {
      // The places behind the text hold NUL, which is special: they end the search.
      return i + Words.first(Words.findSpecial(Words.before(text, to, to - i)));
    }
    while (i < to && isPlain(text[i])) {
      i++;
    }
    return i;
  }

  private static boolean isPlain(byte b) {
    return b >= 0x20 && b != '"' && b != '\\' && b != 0x7F;
  }
}
