package dev.sluice.cli;

/** A command cannot go on; the message is one line for a person and needs no stack trace. */
public final class CannotRunException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public CannotRunException(String message) {
    super(message);
  }

  public CannotRunException(String message, Throwable cause) {
    super(message, cause);
  }
}
