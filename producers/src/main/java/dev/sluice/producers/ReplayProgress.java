package dev.sluice.producers;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * How far a replay has come.
 *
 * @param sent lines stored so far
 * @param retried entries sent again so far
 * @param refused lines refused so far
 * @param inputBytesRead bytes read from the input, before decompression
 * @param inputBytes size of the input, if it is a file
 * @param elapsed since the start
 */
public record ReplayProgress(
    long sent,
    long retried,
    long refused,
    long inputBytesRead,
    OptionalLong inputBytes,
    Duration elapsed) {}
