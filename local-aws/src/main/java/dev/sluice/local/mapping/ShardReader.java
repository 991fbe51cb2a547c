package dev.sluice.local.mapping;

import java.util.List;

/** Reads one shard from a starting position on. */
interface ShardReader {

  /**
   * The next records, in order; none when there are none now.
   *
   * @param recordsMax bound of the list
   */
  List<SourceRecord> read(int recordsMax);

  /** Whether the shard is closed and all of it was read. */
  boolean ended();
}
