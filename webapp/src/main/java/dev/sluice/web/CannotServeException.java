package dev.sluice.web;

/** The pages cannot be served; the message is one line for a person. */
public final class CannotServeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CannotServeException(String message, Throwable cause) {
    super(message, cause);
  }
}
