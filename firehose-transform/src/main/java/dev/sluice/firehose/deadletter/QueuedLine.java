package dev.sluice.firehose.deadletter;

/**
 * A message for the queue.
 *
 * @param body JSON
 */
record QueuedLine(String body) {}
