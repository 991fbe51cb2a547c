package dev.sluice.consumer.fanout;

/** A service did not take what was decided, and asking again would not help or was given up. */
final class NotSentException extends Exception {
  private static final long serialVersionUID = 1L;

  NotSentException(String operation, Throwable cause) {
    super(operation + " failed: " + cause.getMessage(), cause);
  }
}
