/**
 * The Firehose transformation Lambda: a batch of records in, one answer for each record out.
 *
 * <p>{@link dev.sluice.firehose.FirehoseTransformHandler} is the door; docs/firehose.md says what
 * it promises.
 */
package dev.sluice.firehose;
