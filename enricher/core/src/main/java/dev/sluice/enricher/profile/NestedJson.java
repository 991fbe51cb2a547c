package dev.sluice.enricher.profile;

import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.json.JsonText;
import java.nio.charset.StandardCharsets;

/**
 * Appends an object with objects inside; those in which nothing was written leave no trace. Not
 * thread-safe.
 */
final class NestedJson {
  /** Deepest nesting of what we write. */
  private static final int MAX_DEPTH = 8;

  private final int[] starts = new int[MAX_DEPTH];
  private int depth;
  private OutputBuffer out;

  void begin(OutputBuffer newOut) {
    out = newOut;
    depth = 0;
    out.append((byte) '{');
  }

  void end() {
    out.append((byte) '}');
  }

  /** The name of a key as {@link #open} and the others want it. */
  static byte[] key(String name) {
    return ('"' + name + "\":").getBytes(StandardCharsets.US_ASCII);
  }

  void open(byte[] key) {
    starts[depth++] = out.length();
    append(key);
    out.append((byte) '{');
  }

  void close() {
    int start = starts[--depth];
    if (isEmpty()) {
      out.truncate(start);
    } else {
      out.append((byte) '}');
    }
  }

  /** Whether nothing was written into the object that was opened last. */
  private boolean isEmpty() {
    return out.array()[out.length() - 1] == '{'; // no value ends so
  }

  private void append(byte[] key) {
    if (!isEmpty()) {
      out.append((byte) ',');
    }
    out.append(key);
  }

  /** Answers whether all bytes were valid UTF-8. */
  boolean text(byte[] key, byte[] text, int from, int to) {
    append(key);
    out.append((byte) '"');
    boolean valid = JsonText.append(text, from, to, out);
    out.append((byte) '"');
    return valid;
  }

  /** Digits become a number: without zeros at the start. */
  void number(byte[] key, byte[] digits, int from, int to) {
    int first = from;
    while (first < to - 1 && digits[first] == '0') {
      first++;
    }
    append(key);
    out.append(digits, first, to);
  }

  /** A value that is JSON already. */
  void raw(byte[] key, byte[] json) {
    append(key);
    out.append(json);
  }

  /** Members that are rendered already, each after a comma. */
  void members(byte[] rendered) {
    if (rendered.length > 0) {
      out.append(rendered, isEmpty() ? 1 : 0, rendered.length);
    }
  }
}
