package dev.sluice.enricher.steps;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How the output is checked.
 *
 * @param file a schema instead of that of the profile
 */
public record SchemaSettings(SchemaCheckMode mode, Optional<Path> file) {}
