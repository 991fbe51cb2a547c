package dev.sluice.functions.fanout.event;

/** The event is not what this function is for; sending it again changes nothing. */
public final class UnknownEventException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * @param message never quotes the event, which holds personal data
   */
  UnknownEventException(String message) {
    super(message);
  }
}
