package dev.sluice.functions.fanout;

import dev.sluice.enricher.BatchEnricher;
import dev.sluice.enricher.Outcome;
import dev.sluice.enricher.OutcomeCounts;
import dev.sluice.enricher.OutputBuffer;
import dev.sluice.fanout.FlatLineReader;
import dev.sluice.fanout.LineFacts;
import dev.sluice.functions.fanout.event.StreamBatch;
import dev.sluice.functions.fanout.event.StreamRecord;
import java.util.function.Consumer;

/** Reads the facts of all lines of a record, and keeps the books of a batch. Not thread-safe. */
public final class FactLines {
  private final RecordLines lines;
  private final FlatLineReader reader = new FlatLineReader();
  private OutcomeCounts.Builder outcomes = new OutcomeCounts.Builder();

  public FactLines(LineWork work) {
    lines = new RecordLines(work);
  }

  /** Begins a batch. */
  public void begin() {
    outcomes = new OutcomeCounts.Builder();
  }

  /** Gives the facts of every line that is enriched to {@code taker}. */
  public void read(StreamBatch batch, StreamRecord record, Consumer<LineFacts> taker) {
    var sink = new Sink(taker);
    lines.enrich(batch, record, sub -> sink);
  }

  /** What became of the lines since the batch began. */
  public Books books() {
    return new Books(outcomes.build());
  }

  /** As {@link RecordLines#takeCorruptAggregates()}. */
  public long takeCorruptAggregates() {
    return lines.takeCorruptAggregates();
  }

  private final class Sink implements BatchEnricher.Sink {
    private final Consumer<LineFacts> taker;

    Sink(Consumer<LineFacts> taker) {
      this.taker = taker;
    }

    @Override
    public void enriched(int lineIndex, OutputBuffer json, Outcome outcome) {
      outcomes.add(outcome);
      reader.read(json.array(), 0, json.length()).ifPresent(taker);
    }

    @Override
    public void dropped(int lineIndex, Outcome.Dropped outcome) {
      outcomes.add(outcome);
    }

    @Override
    public void rejected(int lineIndex, byte[] buffer, int from, int to, Outcome.Rejected outcome) {
      outcomes.add(outcome);
    }
  }
}
