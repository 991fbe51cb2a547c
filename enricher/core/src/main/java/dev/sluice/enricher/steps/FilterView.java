package dev.sluice.enricher.steps;

import dev.sluice.enricher.EnrichedLine;
import dev.sluice.enricher.LinePosition;
import dev.sluice.enricher.format.AccessLogLine;
import dev.sluice.enricher.format.Field;
import dev.sluice.enricher.format.HostAddress;
import dev.sluice.enricher.geo.Address;

/**
 * What filter conditions ask of a line: the path without query, the query, the method, the client.
 * Found once a line, used again for the next. Not thread-safe.
 */
final class FilterView {
  private static final int NO_STATUS = -1;

  private AccessLogLine fields;
  private LinePosition position;
  private byte[] lineBuffer;
  private int lineFrom;
  private int lineTo;
  private int pathFrom;
  private int pathTo;
  private int queryTo;
  private int methodFrom;
  private int methodTo;

  /**
   * Looks at a line whose request has been parsed.
   *
   * @param from first byte of the line as it came in {@code buffer}
   * @param to one after its last byte
   */
  void look(EnrichedLine line, byte[] buffer, int from, int to) {
    fields = line.fields();
    position = line.position();
    lineBuffer = buffer;
    lineFrom = from;
    lineTo = to;
    findMethod();
    if (!fields.has(Field.REQUEST_LINE)) {
      setTarget(fields.from(Field.URL_PATH), fields.to(Field.URL_PATH));
      queryTo = pathTo;
    } else if (line.request().hasTarget()) {
      setTarget(line.request().targetFrom(), line.request().targetTo());
    } else {
      setTarget(0, 0);
    }
  }

  private void findMethod() {
    if (fields.has(Field.METHOD)) {
      methodFrom = fields.from(Field.METHOD);
      methodTo = fields.to(Field.METHOD);
      return;
    }
    methodFrom = Math.max(0, fields.from(Field.REQUEST_LINE));
    methodTo = methodFrom;
    int end = fields.to(Field.REQUEST_LINE);
    while (methodTo < end && fields.buffer()[methodTo] != ' ') {
      methodTo++;
    }
  }

  /** The path of an absolute target begins behind its authority (RFC 9112, 3.2.2). */
  private void setTarget(int from, int to) {
    byte[] text = fields.buffer();
    int start = Math.max(0, from);
    int end = Math.max(start, to);
    if (start < end && text[start] != '/') {
      int colon = indexOf(':', start, end);
      if (colon + 2 < end && text[colon + 1] == '/' && text[colon + 2] == '/') {
        start = indexOf('/', colon + 3, end);
      }
    }
    pathFrom = start;
    pathTo = Math.min(indexOf('?', start, end), indexOf('#', start, end));
    queryTo = end;
  }

  private int indexOf(char wanted, int from, int to) {
    int i = from;
    while (i < to && fields.buffer()[i] != wanted) {
      i++;
    }
    return i;
  }

  /** What the path, the query and the method are offsets into. */
  byte[] text() {
    return fields.buffer();
  }

  AccessLogLine fields() {
    return fields;
  }

  LinePosition position() {
    return position;
  }

  /** The line as it came, from {@link #lineFrom()} to {@link #lineTo()}. */
  byte[] lineBuffer() {
    return lineBuffer;
  }

  int lineFrom() {
    return lineFrom;
  }

  int lineTo() {
    return lineTo;
  }

  int pathFrom() {
    return pathFrom;
  }

  /** End of the path, where the query begins with its question mark, if there is one. */
  int pathTo() {
    return pathTo;
  }

  int queryTo() {
    return queryTo;
  }

  int methodFrom() {
    return methodFrom;
  }

  int methodTo() {
    return methodTo;
  }

  /** The three digits of the status, or -1. */
  int status() {
    if (fields.isMissing(Field.STATUS)) {
      return NO_STATUS;
    }
    int status = 0;
    for (int i = fields.from(Field.STATUS); i < fields.to(Field.STATUS); i++) {
      status = status * 10 + fields.buffer()[i] - '0';
    }
    return status;
  }

  /** The client's address, or null when a name or nothing was logged. */
  Address client() {
    if (fields.isMissing(Field.REMOTE_HOST)) {
      return null;
    }
    byte[] text = fields.buffer();
    int from = fields.from(Field.REMOTE_HOST);
    int to = fields.to(Field.REMOTE_HOST);
    return Address.parse(text, HostAddress.from(text, from, to), HostAddress.to(text, from, to));
  }
}
