package dev.sluice.enricher.profile;

import dev.sluice.enricher.FlatFormat;
import dev.sluice.enricher.LogFormat;

/** The shape of the output. */
public enum Profile {
  /** One level of keys, all values text but the location: the contract in docs/format.md. */
  FLAT;

  /**
   * A writer for one thread.
   *
   * @param input format of the lines: an earlier stage may have left keys that are to be kept
   */
  public ProfileWriter newWriter(OutputSettings settings, LogFormat input) {
    boolean contract = settings.isContract() && !(input instanceof FlatFormat);
    return switch (this) {
      case FLAT -> contract ? new FlatWriter() : new ChosenFlatWriter(settings);
    };
  }
}
