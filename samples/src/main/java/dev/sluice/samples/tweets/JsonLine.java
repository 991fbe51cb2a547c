package dev.sluice.samples.tweets;

import java.nio.charset.StandardCharsets;

/**
 * Writes one JSON object on one line. Version 1.1 of the API writes ASCII, version 2 writes UTF-8.
 */
final class JsonLine {
  private final StringBuilder out = new StringBuilder(2_000);
  private final boolean ascii;
  private boolean comma;

  JsonLine(boolean ascii) {
    this.ascii = ascii;
    open();
  }

  /** Opens an object that is the value of a name, or an element. */
  JsonLine open() {
    separate();
    out.append('{');
    comma = false;
    return this;
  }

  JsonLine open(String name) {
    name(name);
    return open();
  }

  JsonLine openArray(String name) {
    name(name);
    separate();
    out.append('[');
    comma = false;
    return this;
  }

  JsonLine close() {
    out.append('}');
    comma = true;
    return this;
  }

  JsonLine closeArray() {
    out.append(']');
    comma = true;
    return this;
  }

  JsonLine put(String name, String value) {
    name(name);
    return add(value);
  }

  JsonLine put(String name, long value) {
    name(name);
    out.append(value);
    comma = true;
    return this;
  }

  JsonLine put(String name, boolean value) {
    name(name);
    out.append(value);
    comma = true;
    return this;
  }

  JsonLine putNull(String name) {
    name(name);
    out.append("null");
    comma = true;
    return this;
  }

  /** An element of an array. */
  JsonLine add(String value) {
    separate();
    quote(value);
    comma = true;
    return this;
  }

  JsonLine add(long value) {
    separate();
    out.append(value);
    comma = true;
    return this;
  }

  private void name(String name) {
    separate();
    quote(name);
    out.append(':');
    comma = false;
  }

  private void separate() {
    if (comma) {
      out.append(',');
    }
  }

  private void quote(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '/' -> out.append(ascii ? "\\/" : "/");
        default -> {
          if (c < ' ' || ascii && c > '~') {
            out.append("\\u").append(Integer.toHexString(0x10000 + c), 1, 5);
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  /** The bytes of the object, which is closed by this. */
  byte[] bytes() {
    return out.append('}').toString().getBytes(StandardCharsets.UTF_8);
  }
}
