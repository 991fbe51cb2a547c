package dev.sluice.enricher.steps;

/** What becomes of a line whose output breaks its schema. */
public enum SchemaCheckMode {
  /** Nobody looks. */
  OFF,
  /** It is written, with a warning. */
  WARN,
  /** It is rejected. */
  REJECT
}
