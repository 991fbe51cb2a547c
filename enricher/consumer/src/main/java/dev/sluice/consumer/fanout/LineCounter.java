package dev.sluice.consumer.fanout;

import dev.sluice.consumer.tiles.ConsumerEvents;
import dev.sluice.consumer.tiles.RawRecord;
import dev.sluice.consumer.tiles.TileCounts;
import dev.sluice.enricher.BatchEnricher;
import dev.sluice.enricher.Outcome;
import dev.sluice.enricher.OutcomeCounts;
import dev.sluice.enricher.OutputBuffer;
import dev.sluice.fanout.FlatLineReader;
import dev.sluice.fanout.LineFacts;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Reads the facts of all lines of a record, and keeps the books. Not thread-safe. */
final class LineCounter {
  private final String stream;
  private final BatchEnricher enricher;
  private final FlatLineReader reader = new FlatLineReader();
  private final Map<String, Long> droppedByRule = new HashMap<>();
  private OutcomeCounts.Builder outcomes = new OutcomeCounts.Builder();
  private long records;

  LineCounter(String stream, BatchEnricher enricher) {
    this.stream = stream;
    this.enricher = enricher;
  }

  /** Gives the facts of every line that is enriched to {@code lines}. */
  void read(String shardId, RawRecord record, Consumer<LineFacts> lines) {
    records++;
    byte[] payload = record.payload();
    enricher.enrich(payload, 0, payload.length, source(shardId, record), new Lines(lines));
  }

  private String source(String shardId, RawRecord record) {
    return enricher.needsPositions()
        ? stream + ':' + shardId + ':' + record.position().text().replace('.', ':')
        : "";
  }

  /** Tells the counts since the last report. */
  void report(ConsumerEvents events) {
    if (records > 0) {
      events.linesCounted(new TileCounts(records, outcomes.build(), droppedByRule));
      records = 0;
      outcomes = new OutcomeCounts.Builder();
      droppedByRule.clear();
    }
  }

  /** Takes the outcomes of one record's lines. */
  private final class Lines implements BatchEnricher.Sink {
    private final Consumer<LineFacts> taker;

    Lines(Consumer<LineFacts> taker) {
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
      droppedByRule.merge(outcome.rule(), 1L, Long::sum);
    }

    @Override
    public void rejected(int lineIndex, byte[] buffer, int from, int to, Outcome.Rejected outcome) {
      outcomes.add(outcome);
    }
  }
}
