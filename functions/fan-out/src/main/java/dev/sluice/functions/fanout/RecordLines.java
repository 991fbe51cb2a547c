package dev.sluice.functions.fanout;

import dev.sluice.enricher.BatchEnricher;
import dev.sluice.functions.fanout.event.KplAggregate;
import dev.sluice.functions.fanout.event.StreamBatch;
import dev.sluice.functions.fanout.event.StreamRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/** Brings the lines of records to their work, those of aggregates too. Not thread-safe. */
public final class RecordLines {
  private final LineWork work;
  private long corruptAggregates;

  public RecordLines(LineWork work) {
    this.work = work;
  }

  /** Takes a payload. */
  private interface Payloads {
    void payload(int from, int to, long subSequenceNumber);
  }

  /**
   * Asks others about the lines of a whole batch, where anybody is asked.
   *
   * @param atMost a bound besides that of the look-ups themselves
   */
  public void lookUp(StreamBatch batch, Duration atMost) {
    if (!work.hasLookups()) {
      return;
    }
    for (StreamRecord record : batch.records()) {
      payloads(
          record,
          (from, to, sub) ->
              work.collect(record.data(), from, to, source(batch, record).apply(sub)));
    }
    work.resolve(atMost);
  }

  /**
   * Gives each line of the record its outcome.
   *
   * @param sinks from the sub-sequence number of a payload to whoever takes its lines
   */
  public void enrich(
      StreamBatch batch, StreamRecord record, LongFunction<BatchEnricher.Sink> sinks) {
    boolean whole =
        payloads(
            record,
            (from, to, sub) ->
                work.enrich(
                    record.data(), from, to, source(batch, record).apply(sub), sinks.apply(sub)));
    if (!whole) {
      corruptAggregates++;
    }
  }

  /** False when it claims to be an aggregate and is none. */
  private static boolean payloads(StreamRecord record, Payloads taker) {
    byte[] data = record.data();
    if (!KplAggregate.begins(data)) {
      taker.payload(0, data.length, 0);
      return true;
    }
    Optional<List<KplAggregate.Part>> parts = KplAggregate.parts(data);
    if (parts.isEmpty()) {
      taker.payload(0, data.length, 0);
      return false;
    }
    long subSequenceNumber = 0;
    for (KplAggregate.Part part : parts.get()) {
      taker.payload(part.from(), part.to(), subSequenceNumber++);
    }
    return true;
  }

  /** What names a payload in an event_id, as the consumer does; made only when somebody asks. */
  private LongFunction<String> source(StreamBatch batch, StreamRecord record) {
    if (!work.needsPositions()) {
      return sub -> "";
    }
    return sub ->
        batch.stream() + ':' + batch.shardId() + ':' + record.sequenceNumber() + ':' + sub;
  }

  /** Aggregates that were taken as one raw record, since this was asked last. */
  public long takeCorruptAggregates() {
    long more = corruptAggregates;
    corruptAggregates = 0;
    return more;
  }
}
