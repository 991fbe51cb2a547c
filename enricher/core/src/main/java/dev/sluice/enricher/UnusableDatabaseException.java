package dev.sluice.enricher;

import java.nio.file.Path;

/** A file that the enricher needs cannot be used; the message names the file and says why. */
public final class UnusableDatabaseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnusableDatabaseException(Path file, String why, Throwable cause) {
    super(file + ": " + why, cause);
  }
}
