package dev.sluice.enricher;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * A database that places and networks come from at present.
 *
 * @param name what the file is to us: {@code city} or {@code asn}
 * @param buildTime when it was made, by its own account
 */
public record DatabaseInUse(String name, Path file, Instant buildTime) {
  /** Time since the oldest of some was made; empty when there is none. */
  public static Optional<Duration> oldestAge(Collection<DatabaseInUse> databases, Instant now) {
    Duration oldest = null;
    for (DatabaseInUse database : databases) {
      Duration age = Duration.between(database.buildTime(), now);
      oldest = oldest == null || age.compareTo(oldest) > 0 ? age : oldest;
    }
    return Optional.ofNullable(oldest);
  }
}
