/**
 * Amazon Data Firehose for tests and the demo: PutRecord and PutRecordBatch on loopback, or a
 * stream of the local Kinesis as source, a Lambda transformation, delivery to S3.
 *
 * <p>{@code FirehoseApi} takes requests, {@code RecordBuffer} makes batches by size and age, {@code
 * Transformation} invokes the function and {@code AnswerCheck} judges its answer, {@code
 * S3Delivery} writes the objects. {@code FirehoseStream} holds them together.
 */
package dev.sluice.local.firehose;
