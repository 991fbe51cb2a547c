package dev.sluice.enricher.steps;

/**
 * Finds e-mail addresses: a mailbox, {@code @}, and a domain with a dot whose last label begins
 * with a letter. Images for dense screens ({@code logo@2x.png}) and versions ({@code vue@3.2.1})
 * are none.
 */
final class EmailFinder implements TextFinder {
  @Override
  public void mark(DecodedText text, TextMarks marks) {
    byte[] bytes = text.bytes();
    int length = text.length();
    for (int i = 0; i < length; i++) {
      if (bytes[i] != '@') {
        continue;
      }
      int from = i;
      while (from > 0 && Bytes.isMailbox(bytes[from - 1])) {
        from--;
      }
      int to = i + 1;
      while (to < length && Bytes.isDomain(bytes[to])) {
        to++;
      }
      if (from < i && isDomain(bytes, i + 1, to)) {
        marks.mark(from, to, TextMarks.EMAIL);
      }
      i = to - 1;
    }
  }

  private static boolean isDomain(byte[] text, int from, int end) {
    int to = end;
    while (to > from && !Bytes.isLetterOrDigit(text[to - 1]) && text[to - 1] >= 0) {
      to--; // the full stop of a sentence
    }
    int dot = to - 1;
    while (dot > from && text[dot] != '.') {
      dot--;
    }
    boolean dotted = dot > from && to - dot > 2;
    return dotted
        && (Bytes.isLetter(text[dot + 1]) || text[dot + 1] < 0)
        && !isDensity(text, from, dot);
  }

  /** {@code 2x}, the whole of the domain up to its last dot. */
  private static boolean isDensity(byte[] text, int from, int to) {
    return to - from == 2 && Bytes.isDigit(text[from]) && text[from + 1] == 'x';
  }
}
