/**
 * Event source mappings as those of AWS Lambda, for tests and the demo: SQS queues, Kinesis streams
 * and DynamoDB Streams invoke a function.
 *
 * <p>{@code EventSourceMappings} is the way in. {@code QueuePoller} and {@code StreamPoller} (with
 * a {@code ShardPoller} for each shard) make batches and decide what becomes of them; {@code
 * BatchResponse} reads what the function answered; the records' JSON comes from one small encoder
 * for each source.
 */
package dev.sluice.local.mapping;
