package dev.sluice.lookups;

/** A source is in trouble; the message says which, without any key that was asked for. */
final class SourceFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  SourceFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
