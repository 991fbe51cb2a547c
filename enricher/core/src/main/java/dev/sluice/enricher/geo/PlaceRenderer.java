package dev.sluice.enricher.geo;

/**
 * How a profile writes a place: JSON keys and values, each key after a comma; empty when nothing is
 * known. Called once for each record of the database, not for each line.
 */
@FunctionalInterface
public interface PlaceRenderer {
  byte[] render(Place place);
}
