package dev.sluice.enricher.profile;

/** What the value of a key is; the same for every line. */
public enum JsonType {
  TEXT,
  WHOLE_NUMBER,
  FLAG,
  /** An array of texts, never empty. */
  TEXTS,
  /** An object of texts, never empty. */
  TEXT_BY_NAME,
  /** An object of texts, numbers and flags, never empty. */
  VALUE_BY_NAME,
  /** An object of two numbers, {@code lat} and {@code lon}. */
  LOCATION
}
