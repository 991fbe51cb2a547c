package dev.sluice.enricher.geo;

/** How a profile writes a place. Called once for each record of the database, not for each line. */
@FunctionalInterface
public interface PlaceRenderer {
  /** JSON keys and values, each key after a comma; empty when nothing is known. */
  byte[] render(Place place);
}
