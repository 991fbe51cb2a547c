package dev.sluice.files.log;

import java.io.IOException;

/** The way to the file broke, not the file: to read it again can help. */
public final class SourceBrokenException extends IOException {
  private static final long serialVersionUID = 1L;

  SourceBrokenException(String why) {
    super(why);
  }

  SourceBrokenException(IOException cause) {
    super(cause.getClass().getSimpleName(), cause);
  }
}
