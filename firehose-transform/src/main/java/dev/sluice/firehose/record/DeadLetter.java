package dev.sluice.firehose.record;

import dev.sluice.enricher.Outcome;

/**
 * A rejected line that waits for the dead-letter queue.
 *
 * @param record index of its record in the event
 * @param lineIndex 0 for the first line of the record
 * @param line masked where the settings say so
 */
public record DeadLetter(int record, int lineIndex, Outcome.Rejected outcome, byte[] line) {}
