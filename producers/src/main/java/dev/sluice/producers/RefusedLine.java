package dev.sluice.producers;

/**
 * A line that does not fit into a record together with its partition key.
 *
 * @param lineNumber counted from 1
 * @param lengthBytes its length without the line end
 */
public record RefusedLine(long lineNumber, long lengthBytes) {}
