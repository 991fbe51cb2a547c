package dev.sluice.files.event;

/** An event, or a part of one, that tells nothing of a file. */
final class BadEventException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param why names the place, and never quotes it
   */
  BadEventException(String why) {
    super(why);
  }
}
