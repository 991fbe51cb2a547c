package dev.sluice.firehose.record;

/**
 * Why a record was answered {@code ProcessingFailed}. The same words stand in the log line, in
 * metrics and in docs/firehose.md.
 */
public enum FailureReason {
  /** The record has no {@code data}, or something else than a text. */
  NO_DATA,
  /** {@code data} is not Base64. */
  BAD_BASE64,
  /** The data begins as gzip or Zstandard does, and is damaged or cut off. */
  DAMAGED_COMPRESSION,
  /** The data unpacks to more bytes than {@code MAX_EXPANDED_BYTES}. */
  EXPANDED_TOO_LARGE,
  /** A line of the record was rejected, and {@code REJECTS} does not let the others pass. */
  REJECTED_LINES,
  /** What the record became would not fit into a response of its own: it can never succeed. */
  OUTPUT_TOO_LARGE,
  /** The response was full or the time was short, and the record was not re-ingested. */
  NO_ROOM,
  /** The dead-letter queue did not take the rejected lines. */
  DEAD_LETTERS_REFUSED
}
