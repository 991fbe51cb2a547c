package dev.sluice.functions.fanout.enrich;

import dev.sluice.enricher.BatchEnricher;
import dev.sluice.enricher.Outcome;
import dev.sluice.enricher.OutcomeCounts;
import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.RejectReason;
import dev.sluice.functions.fanout.Books;
import dev.sluice.functions.fanout.event.StreamBatch;
import dev.sluice.functions.fanout.event.StreamRecord;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * The outcomes of one batch, record by record, so that what is done can end behind any of them. Its
 * memory is used again. Not thread-safe.
 */
final class EnrichedBatch {
  /** Larger ones are given back after the batch. */
  private static final int MAX_KEPT_BYTES = 16 * 1024 * 1024;

  /** Columns of {@link #sums}, running over the records. */
  private static final int ENRICHED = 0;

  private static final int WARNED = 1;
  private static final int DROPPED = 2;
  private static final int REJECTED = 3;
  private static final int JSON_END = 4;
  private static final int REJECTS_END = 5;
  private static final int COLUMNS = 6;

  private static final RejectReason[] REASONS = RejectReason.values();

  private OutputBuffer json = new OutputBuffer();
  private RejectDocuments rejects;
  private final ByteArrayOutputStream reasons = new ByteArrayOutputStream(); // a byte a reject
  private int[] sums = new int[0];
  private int records;
  private final int[] running = new int[COLUMNS];
  private final Lines lines = new Lines();

  /** Begins a batch. */
  void begin(StreamBatch batch, String application) {
    if (json.array().length > MAX_KEPT_BYTES) {
      json = new OutputBuffer();
    }
    json.clear();
    rejects = new RejectDocuments(application, batch);
    sums = sums.length >= batch.records().size() * COLUMNS ? sums : newSums(batch);
    records = 0;
    reasons.reset();
    Arrays.fill(running, 0);
  }

  private static int[] newSums(StreamBatch batch) {
    return new int[batch.records().size() * COLUMNS];
  }

  /** Takes the lines of a payload of the record that is being read. */
  BatchEnricher.Sink payload(StreamRecord record, long subSequenceNumber) {
    lines.record = record;
    lines.subSequenceNumber = subSequenceNumber;
    return lines;
  }

  /** All payloads of a record were taken. */
  void endRecord() {
    running[JSON_END] = json.length();
    running[REJECTS_END] = rejects.length();
    System.arraycopy(running, 0, sums, records * COLUMNS, COLUMNS);
    records++;
  }

  private int sum(int count, int column) {
    return count == 0 ? 0 : sums[(count - 1) * COLUMNS + column];
  }

  /** Records that were taken as a whole. */
  int records() {
    return records;
  }

  /** Of the first {@code count} records. */
  Books books(int count) {
    int warned = sum(count, WARNED);
    return new Books(
        new OutcomeCounts(
            sum(count, ENRICHED) - warned,
            warned,
            sum(count, DROPPED),
            byReason(sum(count, REJECTED))));
  }

  private Map<RejectReason, Long> byReason(int rejected) {
    var counts = new EnumMap<RejectReason, Long>(RejectReason.class);
    byte[] ordinals = reasons.toByteArray();
    for (int i = 0; i < rejected; i++) {
      counts.merge(REASONS[ordinals[i]], 1L, Long::sum);
    }
    return counts;
  }

  /** Enriched lines, each with its LF, valid until the next batch. */
  byte[] json() {
    return json.array();
  }

  /** One after the last byte of the lines of the first {@code count} records. */
  int jsonEnd(int count) {
    return sum(count, JSON_END);
  }

  /** Documents about rejected lines, each with its LF. */
  byte[] rejects() {
    return rejects.bytes();
  }

  /** One after the last byte of the documents of the first {@code count} records. */
  int rejectsEnd(int count) {
    return sum(count, REJECTS_END);
  }

  /** Takes the outcomes of one payload's lines. */
  private final class Lines implements BatchEnricher.Sink {
    private StreamRecord record;
    private long subSequenceNumber;

    @Override
    public void enriched(int lineIndex, OutputBuffer line, Outcome outcome) {
      json.append(line.array(), 0, line.length());
      json.append((byte) '\n');
      running[ENRICHED]++;
      running[WARNED] += outcome.code() == Outcome.Code.ENRICHED_WITH_WARNINGS ? 1 : 0;
    }

    @Override
    public void dropped(int lineIndex, Outcome.Dropped outcome) {
      running[DROPPED]++;
    }

    @Override
    public void rejected(int lineIndex, byte[] buffer, int from, int to, Outcome.Rejected outcome) {
      rejects.add(record, subSequenceNumber, lineIndex, buffer, from, to, outcome);
      reasons.write(outcome.reason().ordinal());
      running[REJECTED]++;
    }
  }
}
