package dev.sluice.enricher;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * What became of a database file that had changed.
 *
 * @param name what the file is to us: {@code city} or {@code asn}
 * @param refusal why it is not used, with the file's name, so that the one before stays; empty when
 *     it is in use
 */
public record DatabaseReload(String name, Path file, Optional<String> refusal) {
  public DatabaseReload {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(refusal, "refusal");
  }
}
