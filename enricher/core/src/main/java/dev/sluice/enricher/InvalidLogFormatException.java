package dev.sluice.enricher;

/** A text is no log format; the message says what is wrong, and at which character. */
public final class InvalidLogFormatException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  public InvalidLogFormatException(String message) {
    super(message);
  }

  /**
   * @param index where the problem is in the format string; the message counts from 1
   */
  public InvalidLogFormatException(int index, String problem) {
    this("character " + (index + 1) + " of the LogFormat string: " + problem);
  }
}
