package dev.sluice.enricher.steps;

import dev.sluice.enricher.OutputBuffer;
import java.util.Arrays;

/**
 * Masks lines that were rejected before whoever writes them does: what is masked in enriched lines
 * is masked there too, wherever it stands, because nobody knows the fields of a broken line. A line
 * that was masked cannot be enriched again to the full; its reason's offset is that in the line as
 * it came. Not thread-safe.
 */
public final class RejectMask {
  private final TextMask text; // null when nothing is masked
  private final OutputBuffer masked = new OutputBuffer();
  private byte[] buffer;
  private int from;
  private int to;

  RejectMask(TextMask text) {
    this.text = text;
  }

  /** A mask that leaves every line as it is. */
  public static RejectMask none() {
    return new RejectMask(null);
  }

  /** Whether any line can look different through this mask. */
  public boolean isOn() {
    return text != null;
  }

  /**
   * Looks at the line from {@code lineFrom} (in) to {@code lineTo} (out); the answer is in {@link
   * #buffer()}, until the next line.
   *
   * @return whether anything had to be masked
   */
  public boolean mask(byte[] line, int lineFrom, int lineTo) {
    buffer = line;
    from = lineFrom;
    to = lineTo;
    if (text == null) {
      return false;
    }
    masked.clear();
    if (!text.append(line, lineFrom, lineTo, masked)) {
      return false;
    }
    buffer = masked.array();
    from = 0;
    to = masked.length();
    return true;
  }

  public byte[] buffer() {
    return buffer;
  }

  public int from() {
    return from;
  }

  public int to() {
    return to;
  }

  public int length() {
    return to - from;
  }

  /** A copy. */
  public byte[] toByteArray() {
    return Arrays.copyOfRange(buffer, from, to);
  }
}
