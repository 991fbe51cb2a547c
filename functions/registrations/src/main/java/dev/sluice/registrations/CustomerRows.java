package dev.sluice.registrations;

import java.sql.SQLException;
import java.util.List;

/** The customers in MySQL. Not thread-safe. */
interface CustomerRows {

  /** Rows that are written, locked, and not seen by anybody until {@link #commit}. */
  interface Transaction extends AutoCloseable {
    void commit() throws SQLException;

    /** Takes everything back that was not committed. */
    @Override
    void close();
  }

  /**
   * Writes customers in place of those with the same key.
   *
   * @param customers no key twice, in the order of their keys, so that two who write the same ones
   *     wait for each other and do not block each other
   */
  Transaction upsert(List<Registration> customers) throws SQLException;
}
