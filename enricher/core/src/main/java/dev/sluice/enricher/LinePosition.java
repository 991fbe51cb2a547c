package dev.sluice.enricher;

import java.nio.charset.StandardCharsets;

/**
 * Where a line comes from: the name of a source that has it, and its number in that source. Two
 * lines never share a position, and a line that is read again has the same one. Used again for the
 * next line; not thread-safe.
 */
public final class LinePosition {
  private byte[] source = {};
  private long line;

  /** A position in a source called so, such as {@code stream:shard:sequence:subSequence}. */
  public static LinePosition in(String source) {
    var position = new LinePosition();
    position.source(source);
    return position;
  }

  /** Goes to line 0 of another source. */
  public void source(String newSource) {
    source = newSource.getBytes(StandardCharsets.UTF_8);
    line = 0;
  }

  /** Goes to another line of the same source. */
  public void line(long newLine) {
    line = newLine;
  }

  /** Name of the source in UTF-8; not to be changed. */
  public byte[] source() {
    return source;
  }

  public long line() {
    return line;
  }
}
