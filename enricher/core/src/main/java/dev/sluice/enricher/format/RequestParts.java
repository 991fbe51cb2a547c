package dev.sluice.enricher.format;

import java.util.Arrays;

/**
 * Puts a request line together for formats that log {@code %m}, {@code %U}, {@code %q} and {@code
 * %H} instead of {@code %r}. Not thread-safe.
 */
final class RequestParts {
  private byte[] copy = new byte[0];

  /**
   * Lets the view look at a copy of its line, with the request line behind it. Without a method
   * there was no request, which {@code %r} logs as a dash.
   *
   * @param from first byte of the line
   * @param to one after the last byte of the line
   */
  void join(AccessLogLine line, int from, int to) {
    if (line.isMissing(Field.METHOD)) {
      line.set(Field.REQUEST_LINE, line.from(Field.METHOD), line.to(Field.METHOD));
      return;
    }
    int length = to - from;
    // The parts are within the line, so all of them and two spaces fit behind it.
    if (copy.length < 2 * length + 2) {
      copy = Arrays.copyOf(copy, 2 * length + 2);
    }
    System.arraycopy(line.buffer(), from, copy, 0, length);
    line.move(copy, -from);
    int end = append(line, Field.METHOD, length);
    copy[end++] = ' ';
    end = append(line, Field.URL_PATH, end);
    end = append(line, Field.QUERY, end);
    copy[end++] = ' ';
    end = append(line, Field.PROTOCOL, end);
    line.set(Field.REQUEST_LINE, length, end);
  }

  private int append(AccessLogLine line, Field field, int at) {
    int length = line.to(field) - line.from(field);
    System.arraycopy(copy, line.from(field), copy, at, length);
    return at + length;
  }
}
