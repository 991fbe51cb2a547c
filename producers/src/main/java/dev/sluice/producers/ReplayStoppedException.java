package dev.sluice.producers;

/**
 * A replay that ended before all its lines were stored. The message is one line for a person and
 * holds no line's content.
 */
public final class ReplayStoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why a replay stopped. */
  public enum Reason {
    /** The input could not be read on, for instance a damaged gzip file. */
    INPUT_UNREADABLE,
    /** The service has not answered once. */
    UNREACHABLE,
    /** The service refused for good: no such stream, no permission, not a valid request. */
    REFUSED,
    /** Every attempt of the retry policy was in vain. */
    RETRIES_EXHAUSTED,
    /** The offset could not be saved. */
    OFFSET_NOT_SAVED,
    /** A fault of ours or of a listener. */
    INTERNAL
  }

  private final Reason reason;
  private final transient ReplayResult result;
  private final long firstLineNotStored;

  ReplayStoppedException(
      Reason reason,
      String message,
      Throwable cause,
      ReplayResult result,
      long firstLineNotStored) {
    super(message, cause);
    this.reason = reason;
    this.result = result;
    this.firstLineNotStored = firstLineNotStored;
  }

  public Reason reason() {
    return reason;
  }

  /** The books up to the stop. */
  public ReplayResult result() {
    return result;
  }

  /**
   * Number, counted from 1, of the first line that is neither stored nor refused. Lines after it
   * may have been stored all the same, since several requests are in flight.
   */
  public long firstLineNotStored() {
    return firstLineNotStored;
  }
}
