package dev.sluice.samples;

/**
 * The fields of a line before it is written, as bytes the way they are logged; reused from line to
 * line. While writing it notes where things end, for those who break lines on purpose.
 */
final class LineDraft {
  static final long NO_BYTES = -1;
  static final long NO_ID = -1;
  static final byte[] DASH = {'-'};
  private static final byte[] NOTHING = {};

  byte[] host;
  byte[] identity;
  byte[] user;
  byte[] timestamp;
  byte[] method;
  byte[] target;
  byte[] protocol;

  /** Stands in place of method, target and protocol when not null. */
  byte[] rawRequest;

  byte[] status;
  long bytes;

  /** Null in a Common line, like the user agent. */
  byte[] referer;

  byte[] agent;
  byte[] lineEnd;
  long id;

  /** Whether the id goes into the referer because the request has no place for it. */
  boolean idInReferer;

  boolean withoutOwner;
  boolean withoutTimestamp;
  boolean withoutStatus;

  private int idEnd;
  private int statusEnd;
  private int refererFrom;

  void reset() {
    identity = DASH;
    user = DASH;
    rawRequest = null;
    lineEnd = NOTHING;
    id = NO_ID;
    idInReferer = false;
    withoutOwner = false;
    withoutTimestamp = false;
    withoutStatus = false;
  }

  boolean isCommon() {
    return referer == null;
  }

  /** End of the id in the bytes written last; 0 when there is none. */
  int idEnd() {
    return idEnd;
  }

  /** End of the status in the bytes written last: what follows is the size. */
  int statusEnd() {
    return statusEnd;
  }

  /** Start of the referer inside its quotes in the bytes written last; 0 in a Common line. */
  int refererFrom() {
    return refererFrom;
  }

  /** Writes the line into an empty builder. */
  void writeTo(ByteBuilder out) {
    idEnd = 0;
    refererFrom = 0;
    out.put(host);
    if (!withoutOwner) {
      out.put(' ').put(identity).put(' ').put(user);
    }
    if (!withoutTimestamp) {
      out.put(' ').put(timestamp);
    }
    out.put(' ').put('"');
    writeRequest(out);
    out.put('"').put(' ');
    if (!withoutStatus) {
      out.put(status);
      statusEnd = out.length();
      out.put(' ');
    }
    if (bytes == NO_BYTES) {
      out.put('-');
    } else {
      out.putDecimal(bytes, 1);
    }
    if (!isCommon()) {
      out.put(' ').put('"');
      refererFrom = out.length();
      writeReferer(out);
      out.put('"').put(' ').put('"').put(agent).put('"');
    }
    out.put(lineEnd);
  }

  private void writeRequest(ByteBuilder out) {
    if (rawRequest != null) {
      out.put(rawRequest);
      if (!idInReferer) {
        writeId(out, NOTHING);
      }
      return;
    }
    out.put(method).put(' ').put(target);
    writeId(out, target);
    if (protocol != null) {
      out.put(' ').put(protocol);
    }
  }

  private void writeReferer(ByteBuilder out) {
    if (idInReferer && id != NO_ID) {
      byte[] page = Site.ascii(Site.ORIGIN + "/");
      out.put(page);
      writeId(out, page);
    } else {
      out.put(referer);
    }
  }

  /**
   * Adds the id as the last parameter of the query of a target or of a raw request that has none.
   */
  private void writeId(ByteBuilder out, byte[] target) {
    if (id == NO_ID) {
      return;
    }
    if (target.length > 0) {
      out.put(indexOf(target, '?') < 0 ? '?' : '&');
    }
    SyntheticLine.putId(out, id);
    idEnd = out.length();
  }

  private static int indexOf(byte[] bytes, int wanted) {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    return -1;
  }
}
