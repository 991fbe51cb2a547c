package dev.sluice.local.mapping;

import java.time.Instant;

/**
 * A record of a shard.
 *
 * @param arrival when the stream says it came, approximately; decides its window and its age
 * @param json as it stands in an event
 */
record SourceRecord(String sequenceNumber, Instant arrival, byte[] json) {}
