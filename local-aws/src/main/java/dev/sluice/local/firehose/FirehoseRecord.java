package dev.sluice.local.firehose;

import dev.sluice.local.kinesis.StreamTail;
import java.util.Optional;

/**
 * A record on its way.
 *
 * @param recordId what the function has to hand back
 * @param arrivalMillis epoch milliseconds
 * @param source where it was in the source stream; empty for a direct put
 * @param subSequenceNumber place within an aggregate of the KPL, 0 outside of one
 */
record FirehoseRecord(
    String recordId,
    long arrivalMillis,
    byte[] data,
    Optional<StreamTail.Item> source,
    long subSequenceNumber) {}
