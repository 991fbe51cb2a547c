package dev.sluice.enricher.geo;

/**
 * How a profile writes an autonomous system: JSON keys and values, each key after a comma; empty
 * when nothing is known. Called once for each record of the database, not for each line.
 */
@FunctionalInterface
public interface AutonomousSystemRenderer {
  byte[] render(AutonomousSystem system);
}
