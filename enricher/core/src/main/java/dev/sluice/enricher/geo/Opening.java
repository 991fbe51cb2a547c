package dev.sluice.enricher.geo;

import dev.sluice.enricher.UnusableDatabaseException;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * One opening of a database file.
 *
 * @param number counted from 1 on
 * @param stamp of the file that was opened
 */
record Opening<T>(int number, GeoIpDatabase<T> database, FileStamp stamp) {
  /** Openings of a file that changes each time. */
  private static final int MAX_ATTEMPTS = 3;

  /**
   * Opens the file, which must not change while it is read.
   *
   * @throws UnusableDatabaseException if it cannot be used
   */
  static <T> Opening<T> of(int number, Path file, Function<Path, GeoIpDatabase<T>> opener) {
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      FileStamp before = FileStamp.of(file);
      GeoIpDatabase<T> database = opener.apply(file);
      if (before.equals(FileStamp.of(file))) {
        return new Opening<>(number, database, before);
      }
      database.close();
    }
    throw new UnusableDatabaseException(file, "it changes while it is opened", null);
  }
}
