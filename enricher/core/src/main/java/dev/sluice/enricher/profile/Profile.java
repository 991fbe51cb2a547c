package dev.sluice.enricher.profile;

import dev.sluice.enricher.FlatFormat;
import dev.sluice.enricher.LogFormat;
import dev.sluice.enricher.geo.GeoRenderers;
import dev.sluice.enricher.useragent.UserAgentRenderer;

/** The shape of the output. */
public enum Profile {
  /** One level of keys, all values text but the location: the contract in docs/format.md. */
  FLAT,
  /** Elastic Common Schema, nested and typed. */
  ECS;

  /**
   * A writer for one thread.
   *
   * @param input format of the lines: an earlier stage may have left keys that are to be kept
   * @param lookups whether lines have what others were asked
   */
  public ProfileWriter newWriter(OutputSettings settings, LogFormat input, boolean lookups) {
    boolean afterEarlierStage = input instanceof FlatFormat;
    boolean contract = settings.isContract() && !afterEarlierStage && !lookups;
    return switch (this) {
      case FLAT -> contract ? new FlatWriter() : new ChosenFlatWriter(settings, afterEarlierStage);
      case ECS -> new EcsWriter(settings);
    };
  }

  /** How it writes what depends on the address. */
  public GeoRenderers geoRenderers() {
    return switch (this) {
      case FLAT -> GeoRenderers.FLAT;
      case ECS -> EcsRenderers.GEO;
    };
  }

  /** How it writes what depends on the user agent. */
  public UserAgentRenderer userAgentRenderer() {
    return switch (this) {
      case FLAT -> UserAgentRenderer.FLAT;
      case ECS -> EcsRenderers::appendUserAgent;
    };
  }
}
