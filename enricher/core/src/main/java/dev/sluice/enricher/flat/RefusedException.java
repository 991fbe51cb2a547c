package dev.sluice.enricher.flat;

import dev.sluice.enricher.RejectReason;

/** A record is none of ours; carries what the line's outcome will say. */
final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final RejectReason reason;
  private final int offset;

  /**
   * @param offset bytes from the start of the record
   */
  RefusedException(RejectReason reason, long offset) {
    super(null, null, false, false); // no stack trace: it is data
    this.reason = reason;
    this.offset = (int) offset;
  }

  RejectReason reason() {
    return reason;
  }

  int offset() {
    return offset;
  }
}
