package dev.sluice.enricher.geo;

import java.util.Objects;

/** How a profile writes what depends on the address. */
public record GeoRenderers(PlaceRenderer place, AutonomousSystemRenderer autonomousSystem) {
  /** Those of the {@code flat} profile. */
  public static final GeoRenderers FLAT =
      new GeoRenderers(FlatGeo::renderPlace, FlatGeo::renderAutonomousSystem);

  public GeoRenderers {
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(autonomousSystem, "autonomousSystem");
  }
}
