package dev.sluice.enricher;

import java.nio.file.Path;
import java.time.Instant;

/**
 * A database that places and networks come from at present.
 *
 * @param name what the file is to us: {@code city} or {@code asn}
 * @param buildTime when it was made, by its own account
 */
public record DatabaseInUse(String name, Path file, Instant buildTime) {}
