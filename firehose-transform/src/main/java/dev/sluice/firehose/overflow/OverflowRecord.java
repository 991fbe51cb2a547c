package dev.sluice.firehose.overflow;

/**
 * A record on its way back.
 *
 * @param data as it came, without Base64
 * @param partitionKey of its stream; not empty
 */
record OverflowRecord(byte[] data, String partitionKey) {}
