package dev.sluice.firehose.record;

/** What becomes of rejected lines. */
public enum Rejects {
  /** The record is {@code ProcessingFailed}, all of its lines together. */
  FAIL,
  /** A document that tells the reason stands in the output in the line's place. */
  DOCUMENT,
  /** The line goes to an SQS queue; a record without any other line is {@code ProcessingFailed}. */
  DEAD_LETTER
}
