/**
 * A Kinesis Data Streams server for tests and the demo: in memory, on loopback, spoken to by any
 * AWS SDK. It keeps to the service's rules (hash ranges, sequence numbers, shard limits, fan-out,
 * resharding) and to nothing else of AWS: requests are not authenticated, and streams are active at
 * once.
 *
 * <p>Requests pass {@code ApiHandler} (HTTP), {@code Input} and {@code WireWriter} (JSON and CBOR),
 * one {@code ...Operations} class per group of operations (rules and error types) and the store:
 * {@code StreamStore}, {@code KinesisStream}, {@code Shard}.
 */
package dev.sluice.local.kinesis;
