package dev.sluice.consumer.sinks;

/**
 * What a service takes in one call.
 *
 * @param maxEntries entries of a call
 * @param maxBytes bytes of all entries of a call
 * @param maxEntryBytes bytes of one entry
 */
public record BatchLimits(int maxEntries, int maxBytes, int maxEntryBytes) {}
