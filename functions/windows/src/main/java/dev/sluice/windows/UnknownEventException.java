package dev.sluice.windows;

/** The event is not what this function is for; sending it again changes nothing. */
final class UnknownEventException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnknownEventException(String message) {
    super(message);
  }
}
