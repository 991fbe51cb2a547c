package dev.sluice.lookups.database;

import java.util.List;

/** Brings databases to where they can be opened. */
@FunctionalInterface
public interface DatabaseFetch {
  /** All databases are files already. */
  DatabaseFetch NOTHING = List::of;

  /**
   * Fetches each database that is new or has changed. Throws nothing.
   *
   * @return why databases could not be fetched; their files are as they were, or not there
   */
  List<String> fetchChanged();
}
