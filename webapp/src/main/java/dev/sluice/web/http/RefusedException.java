package dev.sluice.web.http;

/** A request that is answered with an error; the message is for the person who made it. */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * @param status of HTTP, 400 to 599
   */
  public RefusedException(int status, String message) {
    super(message, null, false, false); // an answer, not a fault: no stack trace
    this.status = status;
  }

  public int status() {
    return status;
  }

  /** What was sent is not understood: 400. */
  public static RefusedException badRequest(String message) {
    return new RefusedException(400, message);
  }

  /** There is no such thing: 404. */
  public static RefusedException notFound(String message) {
    return new RefusedException(404, message);
  }
}
