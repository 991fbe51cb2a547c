package dev.sluice.local.proxy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The head of an HTTP/1.1 request, as far as a proxy needs it: its bytes, and where its body ends.
 */
final class HttpHead {
  /** More than any server takes. */
  private static final int BYTES_MAX = 256 * 1024;

  /** Longest line with the size of a chunk, extensions included. */
  private static final int CHUNK_LINE_BYTES_MAX = 4096;

  private static final int BUFFER_BYTES = 16 * 1024;

  private final byte[] bytes;
  private final String text;

  private HttpHead(byte[] bytes) {
    this.bytes = bytes;
    text = new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /**
   * Reads a head.
   *
   * @return null when there is none: the client has closed
   */
  static HttpHead read(InputStream in) throws IOException {
    var head = new ByteArrayOutputStream();
    int matched = 0;
    while (matched < 4) {
      int next = in.read();
      if (next < 0) {
        if (head.size() == 0) {
          return null;
        }
        throw new EOFException("the head of a request is cut off");
      }
      head.write(next);
      if (head.size() > BYTES_MAX) {
        throw new IOException("the head of a request has more than " + BYTES_MAX + " bytes");
      }
      char wanted = matched % 2 == 0 ? '\r' : '\n';
      matched = next == wanted ? matched + 1 : next == '\r' ? 1 : 0;
    }
    return new HttpHead(head.toByteArray());
  }

  /** Where the body begins; -1 when the head is not whole. */
  static int end(byte[] bytes, int length) {
    for (int i = 3; i < length; i++) {
      if (bytes[i] == '\n'
          && bytes[i - 1] == '\r'
          && bytes[i - 2] == '\n'
          && bytes[i - 3] == '\r') {
        return i + 1;
      }
    }
    return -1;
  }

  byte[] bytes() {
    return bytes;
  }

  /** The value of a header; empty when it is not there. */
  String header(String name) {
    return text.lines()
        .skip(1)
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElse("");
  }

  void copyBody(InputStream in, OutputStream out) throws IOException {
    if (header("transfer-encoding").toLowerCase(Locale.ROOT).contains("chunked")) {
      copyChunks(in, out);
    } else if (!header("content-length").isEmpty()) {
      copy(in, out, Long.parseLong(header("content-length")));
    }
    out.flush();
  }

  private static void copyChunks(InputStream in, OutputStream out) throws IOException {
    while (true) {
      String line = copyLine(in, out);
      long size = Long.parseLong(line.split(";", 2)[0].strip(), 16);
      if (size == 0) {
        break;
      }
      copy(in, out, size);
      copyLine(in, out);
    }
    while (!copyLine(in, out).isEmpty()) {
      continue; // trailers
    }
  }

  private static String copyLine(InputStream in, OutputStream out) throws IOException {
    var line = new ByteArrayOutputStream();
    int next;
    do {
      next = in.read();
      if (next < 0 || line.size() > CHUNK_LINE_BYTES_MAX) {
        throw new EOFException("a chunk is cut off, or none");
      }
      line.write(next);
    } while (next != '\n');
    out.write(line.toByteArray());
    return line.toString(StandardCharsets.ISO_8859_1).strip();
  }

  private static void copy(InputStream in, OutputStream out, long length) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    for (long left = length; left > 0; ) {
      int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (read < 0) {
        throw new EOFException("the body of a request is cut off");
      }
      out.write(buffer, 0, read);
      left -= read;
    }
  }
}
