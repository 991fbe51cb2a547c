package dev.sluice.enricher;

/** Our own {@code flat} JSON, of an earlier stage: docs/format.md, "Two stages". */
public enum FlatFormat implements LogFormat {
  FLAT;

  @Override
  public String text() {
    return "flat";
  }
}
