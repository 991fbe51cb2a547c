package dev.sluice.consumer;

import dev.sluice.enricher.EnricherSettings;
import dev.sluice.lookups.database.DatabaseFetch;
import dev.sluice.lookups.database.DatabaseLocations;
import dev.sluice.lookups.database.RemoteDatabase;
import dev.sluice.lookups.database.RemoteDatabases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Where databases out of S3 lie while a consumer runs: a temporary folder of its own, which only
 * its user may read. Without such databases there is none.
 */
final class RemoteFolder implements AutoCloseable {
  private final DatabaseLocations locations;
  private final Optional<Path> folder;
  private final List<RemoteDatabase> databases;
  private final DatabaseFetch fetch;

  private RemoteFolder(
      DatabaseLocations locations, Optional<Path> folder, Supplier<S3Client> openS3) {
    this.locations = locations;
    this.folder = folder;
    databases = folder.map(locations::in).orElse(List.of());
    fetch = new RemoteDatabases(databases, openS3);
  }

  /**
   * Makes the folder and fetches every database for the first time.
   *
   * @throws CannotStartException if one does not come
   */
  static RemoteFolder open(DatabaseLocations locations, Supplier<S3Client> openS3) {
    if (locations.equals(DatabaseLocations.NONE)) {
      return new RemoteFolder(locations, Optional.empty(), openS3);
    }
    RemoteFolder opened;
    try {
      opened =
          new RemoteFolder(
              locations, Optional.of(Files.createTempDirectory("sluice-databases")), openS3);
    } catch (IOException e) {
      throw new CannotStartException("no temporary folder for databases: " + e.getMessage(), e);
    }
    List<String> troubles = opened.fetch.fetchChanged();
    if (!troubles.isEmpty()) {
      opened.close();
      throw new CannotStartException(
          "database not fetched, s3:GetObject on it is needed: " + String.join("; ", troubles),
          null);
    }
    return opened;
  }

  /** The settings with the fetched files. */
  EnricherSettings in(EnricherSettings settings) {
    return folder.map(path -> locations.in(path, settings)).orElse(settings);
  }

  /** Fetches what has changed. */
  DatabaseFetch fetch() {
    return fetch;
  }

  /** Removes the files; whoever has one mapped keeps it. */
  @Override
  public void close() {
    try {
      for (RemoteDatabase database : databases) {
        Files.deleteIfExists(database.file());
      }
      if (folder.isPresent()) {
        Files.deleteIfExists(folder.get());
      }
    } catch (IOException e) {
      // A temporary folder that stays is the system's to remove.
    }
  }
}
