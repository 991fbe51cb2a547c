package dev.sluice.files.log;

import java.io.IOException;

/** The file itself is broken: to read it again gives the same. */
public final class BrokenContentException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param why a sentence that quotes nothing of the content
   */
  public BrokenContentException(String why) {
    super(why);
  }

  BrokenContentException(String why, Throwable cause) {
    super(why, cause);
  }
}
