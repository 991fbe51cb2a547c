package dev.sluice.consumer.tiles;

import dev.sluice.enricher.BatchEnricher;
import dev.sluice.enricher.Outcome;
import dev.sluice.enricher.OutcomeCounts;
import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.gzip.GzipStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An unbroken range of whole records of one shard, being filled: enriched and compressed as they
 * come, their raw form kept beside it. Bounded by {@link TileLimits}. Not thread-safe.
 */
final class Tile {
  private final ContinuesFrom continuesFrom;
  private final ShardAddress address;
  private final TileLimits limits;
  private final BatchEnricher enricher;
  private final Instant openedAt;
  private final int maxRejectBytes;

  private final KeptRecords records = new KeptRecords();
  private RawRecord first; // null until there is one
  private Position last; // null until there is one
  private long rawBytes;
  private final ByteArrayOutputStream enriched = new ByteArrayOutputStream();
  private final GzipStream compressor;
  private RejectLines rejects; // null until a line is rejected
  private final OutcomeCounts.Builder outcomes = new OutcomeCounts.Builder();
  private final Map<String, Long> droppedByRule = new HashMap<>();

  /**
   * @param maxRejectBytes raw bytes of a rejected line that are kept
   */
  Tile(
      ContinuesFrom continuesFrom,
      ShardAddress address,
      TileLimits limits,
      BatchEnricher enricher,
      Instant openedAt,
      int maxRejectBytes) {
    this.continuesFrom = continuesFrom;
    this.address = address;
    this.limits = limits;
    this.enricher = enricher;
    this.openedAt = openedAt;
    this.maxRejectBytes = maxRejectBytes;
    compressor = compressor(limits.gzipLevel());
  }

  private GzipStream compressor(int level) {
    try {
      return GzipStream.of(enriched, level);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory only: it cannot happen
    }
  }

  /** False if the record belongs to the next tile. */
  boolean hasRoomFor(RawRecord record) {
    return first == null
        || (records.size() < limits.maxRecords()
            && rawBytes + record.payload().length <= limits.maxBytes());
  }

  boolean isFull() {
    return records.size() >= limits.maxRecords() || rawBytes >= limits.maxBytes();
  }

  boolean isOlderThanAllowed(Instant now) {
    return !now.isBefore(openedAt.plus(limits.maxAge()));
  }

  void add(RawRecord record) {
    byte[] payload = record.payload();
    enricher.enrich(payload, 0, payload.length, source(record), new Lines(record));
    if (first == null) {
      first = record;
    }
    last = record.position();
    records.add(record);
    rawBytes += payload.length;
  }

  /** Remembers what has to be asked of others about the lines of a record that comes soon. */
  void collect(RawRecord record) {
    byte[] payload = record.payload();
    enricher.collect(payload, 0, payload.length, source(record));
  }

  /** What names the record in an event_id; made only when somebody asks for it. */
  private String source(RawRecord record) {
    if (!enricher.needsPositions()) {
      return "";
    }
    return String.join(
        ":",
        address.stream(),
        address.shardId(),
        record.position().sequenceNumber(),
        Long.toString(record.position().subSequenceNumber()));
  }

  ContinuesFrom continuesFrom() {
    return continuesFrom;
  }

  Instant openedAt() {
    return openedAt;
  }

  /** The records in their order, at least one; made anew at each call. */
  List<RawRecord> records() {
    return records.unpack();
  }

  Position first() {
    return first.position();
  }

  Position last() {
    return last;
  }

  Instant firstArrival() {
    return first.arrival();
  }

  TileCounts counts() {
    return new TileCounts(records.size(), outcomes.build(), droppedByRule);
  }

  /** The enriched lines, gzipped; a valid gzip also when no line survived. Called once, last. */
  byte[] finishEnriched() {
    try {
      compressor.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return enriched.toByteArray();
  }

  /** The rejected lines, if there are any. Called once, last. */
  Optional<byte[]> finishRejects() {
    return Optional.ofNullable(rejects).map(RejectLines::finish);
  }

  /** Frees the compressors of a tile that is not to be written. */
  void discard() {
    finishEnriched();
    finishRejects();
  }

  /** Takes the outcomes of one record's lines. */
  private final class Lines implements BatchEnricher.Sink {
    private final RawRecord record;

    Lines(RawRecord record) {
      this.record = record;
    }

    @Override
    public void enriched(int lineIndex, OutputBuffer json, Outcome outcome) {
      json.append((byte) '\n');
      try {
        json.writeTo(compressor);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      outcomes.add(outcome);
    }

    @Override
    public void dropped(int lineIndex, Outcome.Dropped outcome) {
      outcomes.add(outcome);
      droppedByRule.merge(outcome.rule(), 1L, Long::sum);
    }

    @Override
    public void rejected(int lineIndex, byte[] buffer, int from, int to, Outcome.Rejected outcome) {
      if (rejects == null) {
        rejects = new RejectLines(address, maxRejectBytes);
      }
      rejects.add(record, lineIndex, buffer, from, to, outcome);
      outcomes.add(outcome);
    }
  }
}
