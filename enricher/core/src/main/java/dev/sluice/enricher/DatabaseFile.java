package dev.sluice.enricher;

import java.nio.file.Files;
import java.nio.file.Path;

/** First look at a file that the settings name. */
public final class DatabaseFile {
  private DatabaseFile() {}

  /**
   * @throws UnusableDatabaseException unless {@code file} is a file that can be read
   */
  public static void requireReadable(Path file) {
    if (!Files.exists(file)) {
      throw new UnusableDatabaseException(file, "no such file", null);
    }
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new UnusableDatabaseException(file, "not a readable file", null);
    }
  }
}
