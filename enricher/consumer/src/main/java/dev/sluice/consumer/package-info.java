/**
 * The consumer: reads a Kinesis stream with KCL 2, enriches its lines and writes them to S3 exactly
 * once. {@link dev.sluice.consumer.ConsumerApplication} puts the parts together; the heart is in
 * {@link dev.sluice.consumer.tiles}.
 */
package dev.sluice.consumer;
