package dev.sluice.local;

import java.net.BindException;

/** A part of the embedded stack cannot start or stop; the message is one line for a person. */
public final class LocalAwsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public LocalAwsException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * @param service its name, for a person
   * @param port the port that was asked for, 0 for a free one
   */
  public static LocalAwsException cannotStart(String service, int port, Throwable cause) {
    return new LocalAwsException(
        service + " cannot listen on " + place(port) + ": " + reason(cause), cause);
  }

  /** Keeps the interrupt when that is what broke the stop. */
  public static LocalAwsException cannotStop(String service, Exception cause) {
    if (cause instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    return new LocalAwsException(service + " does not stop: " + reason(cause), cause);
  }

  private static String place(int port) {
    return port == 0 ? "a free port of " + Loopback.HOST : Loopback.HOST + ":" + port;
  }

  private static String reason(Throwable cause) {
    for (Throwable each = cause; each != null; each = each.getCause()) {
      if (each instanceof BindException) {
        return "the port is in use";
      }
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
