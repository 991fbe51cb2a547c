package dev.sluice.enricher.geo;

/** The database holds no readable answer for one address. */
public final class UnreadableRecordException extends Exception {
  private static final long serialVersionUID = 1L;

  UnreadableRecordException(String message, Throwable cause) {
    super(message, cause);
  }
}
