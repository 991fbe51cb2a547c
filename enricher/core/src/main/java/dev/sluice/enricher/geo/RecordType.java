package dev.sluice.enricher.geo;

import java.io.IOException;

/**
 * One kind of database. Thread-safe.
 *
 * @param <T> what a record says
 */
interface RecordType<T> {
  /** What the file should be, for people. */
  String label();

  /** Whether a database that calls itself {@code databaseType} has such records. */
  boolean reads(String databaseType);

  /**
   * Reads the record that the reader stands before.
   *
   * @throws IOException if it is broken, or of another kind
   */
  T read(ValueReader in) throws IOException;

  /** What is known about an address that has no record. */
  T unknown();
}
