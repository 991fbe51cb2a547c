package dev.sluice.files;

/** A file could not be done now, for a reason that passes. */
final class RetryLaterException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param why without anything of the content
   */
  RetryLaterException(String why) {
    super(why);
  }
}
