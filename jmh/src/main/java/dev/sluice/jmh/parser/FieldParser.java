package dev.sluice.jmh.parser;

/** Finds the fields of a Combined line. Not thread-safe. */
public interface FieldParser {
  /**
   * Looks at the line from {@code from} (in) to {@code to} (out).
   *
   * @return whether it is a Combined one; its fields can then be asked for until the next call
   */
  boolean parse(byte[] buffer, int from, int to);

  /** A field of the line parsed last; a dash, as logged, where it is missing. For tests. */
  String text(CombinedField field);
}
