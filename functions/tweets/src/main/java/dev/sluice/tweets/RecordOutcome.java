package dev.sluice.tweets;

/** What became of a record. One that has none comes again. */
enum RecordOutcome {
  STORED,
  /** Its tweet was stored before. */
  DUPLICATE,
  /** Its tweet was deleted before. */
  STAYS_DELETED,
  /** Its tweet, which was stored, is a tombstone now. */
  DELETED,
  /** A tombstone waits for its tweet, or was there already. */
  TOMBSTONE,
  CONTROL,
  MALFORMED
}
