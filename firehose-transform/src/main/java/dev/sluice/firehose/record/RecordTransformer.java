package dev.sluice.firehose.record;

import dev.sluice.enricher.BatchEnricher;
import dev.sluice.enricher.LineEnricher;
import dev.sluice.enricher.Outcome;
import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.RejectDocument;
import dev.sluice.enricher.RejectReason;
import dev.sluice.firehose.event.FirehoseEvent;
import dev.sluice.firehose.event.RecordField;
import dev.sluice.firehose.partition.Partitions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the answer for one record after another; throws for no input. After {@link #transform} the
 * other methods tell of that record. Not thread-safe.
 */
public final class RecordTransformer {
  /** What a record is answered, by the words of Firehose. */
  public enum Result {
    /** {@code Ok}: {@link #output()} goes back. */
    OK,
    /** {@code Dropped}: every line was left out on purpose. */
    DROPPED,
    /** {@code ProcessingFailed}: {@link #failure()} says why. */
    FAILED
  }

  /** Most rejected lines of one event that the dead-letter queue gets. */
  public static final int MAX_DEAD_LETTERS = 10_000;

  private static final byte LINE_FEED = '\n';

  private final LineEnricher line;
  private final BatchEnricher batch;
  private final OneLine oneLine;
  private final Partitions partitions;
  private final Rejects rejects;
  private final boolean endWithNewline;
  private final int maxOutputBytes;
  private final int maxLineBytes;
  private final Payload payload;
  private final FailureData failureData;
  private final Lines lines = new Lines();
  private final OutputBuffer output = new OutputBuffer();
  private final List<DeadLetter> deadLetters = new ArrayList<>();
  private final long[] rejectedByReason = new long[RejectReason.values().length];

  private int record;
  private int enriched;
  private int warned;
  private int dropped;
  private int rejected;
  private int deadLettersBefore; // those of the records before this one
  private boolean overflowed;
  private FailureReason failure;

  /**
   * @param maxOutputBytes more output than this fails a record; the output stops growing there
   * @param maxLineBytes how much is shown of a line that is too long
   */
  public RecordTransformer(
      LineEnricher line,
      Partitions partitions,
      RecordRules rules,
      int maxOutputBytes,
      int maxLineBytes) {
    this.line = line;
    this.batch = new BatchEnricher(line);
    this.oneLine = new OneLine(line);
    this.partitions = partitions;
    this.rejects = rules.rejects();
    this.endWithNewline = rules.endWithNewline();
    this.maxOutputBytes = maxOutputBytes;
    this.maxLineBytes = maxLineBytes;
    this.payload = new Payload(rules.maxExpandedBytes());
    this.failureData = new FailureData(rules.maxExpandedBytes(), line.rejectMask());
  }

  /** Forgets the event before. */
  public void beginEvent() {
    deadLetters.clear();
    partitions.beginEvent();
    failureData.beginEvent();
  }

  /** Finds the answer for a record of the event. */
  public Result transform(FirehoseEvent event, int newRecord) {
    begin(newRecord);
    failure = payload.read(event, record);
    if (failure != null) {
      return Result.FAILED;
    }
    if (batch.needsPositions() || !enrichOne()) {
      batch.enrich(payload.bytes(), 0, payload.to(), source(event), lines);
    }
    return answer();
  }

  /** False for several lines. */
  private boolean enrichOne() {
    Outcome outcome = oneLine.enrich(payload.bytes(), payload.to(), output, lines);
    if (outcome == Outcome.ENRICHED || outcome == Outcome.ENRICHED_WITH_WARNINGS) {
      lines.count(outcome);
      if (output.length() >= maxOutputBytes) {
        overflowed = true;
        output.clear();
      }
    }
    return outcome != null;
  }

  /** Whether others are asked about lines: then {@link #collect} wants to see all records first. */
  public boolean hasLookups() {
    return batch.hasLookups();
  }

  /** Remembers what has to be asked of others about the lines of a record. */
  public void collect(FirehoseEvent event, int newRecord) {
    record = newRecord;
    if (payload.read(event, record) == null) {
      batch.collect(payload.bytes(), 0, payload.to(), source(event));
    }
  }

  /** Asks for all that was collected: {@link BatchEnricher#resolve}. */
  public void resolve(Duration atMost) {
    batch.resolve(atMost);
  }

  private void begin(int newRecord) {
    record = newRecord;
    output.clear();
    partitions.beginRecord();
    enriched = 0;
    warned = 0;
    dropped = 0;
    if (rejected > 0) {
      rejected = 0;
      Arrays.fill(rejectedByReason, 0);
    }
    deadLettersBefore = deadLetters.size();
    overflowed = false;
  }

  private Result answer() {
    if (rejected > 0 && rejects == Rejects.FAIL) {
      return failed(FailureReason.REJECTED_LINES);
    }
    if (rejects == Rejects.DEAD_LETTER) {
      if (rejected > deadLetters.size() - deadLettersBefore) {
        return failed(FailureReason.DEAD_LETTERS_REFUSED); // no room for all of them
      }
      if (rejected > 0 && enriched + warned == 0) {
        return failed(FailureReason.REJECTED_LINES); // the queue has a copy
      }
    }
    if (overflowed) {
      return failed(FailureReason.OUTPUT_TOO_LARGE);
    }
    if (output.length() == 0) {
      return Result.DROPPED;
    }
    if (endWithNewline) {
      output.append(LINE_FEED);
    }
    return Result.OK;
  }

  private Result failed(FailureReason reason) {
    failure = reason;
    return Result.FAILED;
  }

  /** Takes the last record's dead letters back: the record will be seen again, or fails. */
  public void withdrawDeadLetters() {
    deadLetters.subList(deadLettersBefore, deadLetters.size()).clear();
  }

  /**
   * What names the record in an {@code event_id}, as the consumer names it where it comes from a
   * stream; made only when somebody asks for it.
   */
  private String source(FirehoseEvent event) {
    if (!batch.needsPositions()) {
      return "";
    }
    if (event.hasKinesisSource() && event.has(record, RecordField.SEQUENCE_NUMBER)) {
      String subSequence = event.string(record, RecordField.SUB_SEQUENCE_NUMBER);
      return String.join(
          ":",
          event.sourceKinesisStreamName(),
          event.string(record, RecordField.SHARD_ID),
          event.string(record, RecordField.SEQUENCE_NUMBER),
          subSequence.isEmpty() ? "0" : subSequence);
    }
    return event.deliveryStreamName() + ":" + event.string(record, RecordField.ID);
  }

  /** Bytes of the record without Base64 and unpacked, as far as it was; 1 at least. */
  public int payloadBytes() {
    return Math.max(1, payload.to());
  }

  /** The JSON lines of a record that is {@link Result#OK}. */
  public OutputBuffer output() {
    return output;
  }

  /** Why the record failed; null when it did not. */
  public FailureReason failure() {
    return failure;
  }

  /** Lines enriched without warnings. */
  public int enriched() {
    return enriched;
  }

  /** Lines enriched with warnings. */
  public int warned() {
    return warned;
  }

  public int dropped() {
    return dropped;
  }

  public int rejected() {
    return rejected;
  }

  public long rejected(RejectReason reason) {
    return rejectedByReason[reason.ordinal()];
  }

  /** Rejected lines of the event so far, for the dead-letter queue. */
  public List<DeadLetter> deadLetters() {
    return deadLetters;
  }

  /** Whether rejected lines go to the dead-letter queue, which may not take them. */
  public boolean sendsDeadLetters() {
    return rejects == Rejects.DEAD_LETTER;
  }

  public FailureData failureData() {
    return failureData;
  }

  public Partitions partitions() {
    return partitions;
  }

  /** The lines of the record, as they come. */
  private final class Lines implements BatchEnricher.Sink {
    @Override
    public void enriched(int lineIndex, OutputBuffer json, Outcome outcome) {
      count(outcome);
      if (beginLine(json.length())) {
        output.append(json.array(), 0, json.length());
      }
    }

    /** Counts a line that was enriched. */
    void count(Outcome outcome) {
      if (outcome.code() == Outcome.Code.ENRICHED) {
        enriched++;
      } else {
        warned++;
      }
      if (partitions.areOn()) {
        partitions.add(line.lastLine());
      }
    }

    @Override
    public void dropped(int lineIndex, Outcome.Dropped outcome) {
      dropped++;
    }

    @Override
    public void rejected(int lineIndex, byte[] buffer, int from, int to, Outcome.Rejected outcome) {
      rejected++;
      rejectedByReason[outcome.reason().ordinal()]++;
      switch (rejects) {
        case FAIL -> {}
        case DOCUMENT -> {
          if (beginLine(Math.min(to - from, maxLineBytes))) {
            RejectDocument.append(
                outcome, lineIndex + 1, buffer, from, to, to - from, maxLineBytes, output);
          }
        }
        case DEAD_LETTER -> {
          if (deadLetters.size() < MAX_DEAD_LETTERS) {
            deadLetters.add(
                new DeadLetter(record, lineIndex, outcome, Arrays.copyOfRange(buffer, from, to)));
          }
        }
      }
    }

    /** Parts the line from the one before, when there is room for it. */
    private boolean beginLine(int bytes) {
      overflowed |= output.length() + bytes >= maxOutputBytes;
      if (overflowed) {
        return false;
      }
      if (output.length() > 0) {
        output.append(LINE_FEED);
      }
      return true;
    }
  }
}
