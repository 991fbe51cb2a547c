package dev.sluice.local.firehose;

import dev.sluice.local.kinesis.StreamTail;
import java.util.Optional;

/**
 * A record on its way.
 *
 * @param recordId what the function has to hand back
 * @param arrivalMillis epoch milliseconds
 * @param source where it was in the source stream; empty for a direct put
 */
record FirehoseRecord(
    String recordId, long arrivalMillis, byte[] data, Optional<StreamTail.Item> source) {}
