package dev.sluice.firehose;

import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.json.JsonText;
import java.nio.charset.StandardCharsets;

/**
 * Writes one line of JSON. By hand, because a generator of a library loads some sixty classes for
 * the first line of a start. Whoever writes ends what was begun. Not thread-safe.
 */
final class JsonLine {
  /** An object in an array in an object in an array in the one of the line, and some more. */
  private static final int MAX_DEPTH = 16;

  private final OutputBuffer out = new OutputBuffer(4_096);
  private final byte[] ends = new byte[MAX_DEPTH];
  private int depth;
  private boolean first = true;

  /** Begins the line's object, or an element of an array. */
  void beginObject() {
    comma();
    begin('{', '}');
  }

  void beginObject(String name) {
    name(name);
    begin('{', '}');
  }

  void beginArray() {
    comma();
    begin('[', ']');
  }

  void beginArray(String name) {
    name(name);
    begin('[', ']');
  }

  /** Ends the object or array begun last. */
  void end() {
    out.append(ends[--depth]);
    first = false;
  }

  /**
   * @param value may be null
   */
  void member(String name, String value) {
    name(name);
    text(value);
  }

  void member(String name, long value) {
    name(name);
    ascii(Long.toString(value));
  }

  void member(String name, boolean value) {
    name(name);
    ascii(Boolean.toString(value));
  }

  void element(String value) {
    comma();
    text(value);
  }

  private void begin(char begin, char end) {
    out.append((byte) begin);
    ends[depth++] = (byte) end;
    first = true;
  }

  private void name(String name) {
    comma();
    text(name);
    out.append((byte) ':');
  }

  private void comma() {
    if (!first) {
      out.append((byte) ',');
    }
    first = false;
  }

  private void text(String value) {
    if (value == null) {
      ascii("null");
      return;
    }
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    out.append((byte) '"');
    JsonText.append(bytes, 0, bytes.length, out);
    out.append((byte) '"');
  }

  private void ascii(String value) {
    out.append(value.getBytes(StandardCharsets.US_ASCII));
  }

  /** The line without line end. */
  @Override
  public String toString() {
    return out.toString();
  }
}
