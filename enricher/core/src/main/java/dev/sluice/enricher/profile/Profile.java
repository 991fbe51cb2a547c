package dev.sluice.enricher.profile;

/** The shape of the output. */
public enum Profile {
  /** One level of keys, all values text but the location: the contract in docs/format.md. */
  FLAT;

  /** A writer for one thread. */
  public ProfileWriter newWriter() {
    return switch (this) {
      case FLAT -> new FlatWriter();
    };
  }
}
