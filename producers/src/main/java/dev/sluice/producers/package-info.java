/**
 * Producers: replay log files into Kinesis Data Streams, within its limits and at a chosen pace.
 *
 * <p>{@link dev.sluice.producers.LogReplay} is the engine: one line in, one Kinesis record out, or
 * one refused line with its number.
 */
package dev.sluice.producers;
