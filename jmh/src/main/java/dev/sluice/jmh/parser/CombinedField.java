package dev.sluice.jmh.parser;

/** The fields that the neighbours are asked for. */
public enum CombinedField {
  HOST,
  TIMESTAMP,
  STATUS,
  BYTES,
  REFERER,
  USER_AGENT
}
