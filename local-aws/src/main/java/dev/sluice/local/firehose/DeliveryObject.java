package dev.sluice.local.firehose;

/**
 * An object on its way to S3.
 *
 * @param counts what is true once it is written
 */
record DeliveryObject(String key, byte[] body, FirehoseCounts counts) {}
