package dev.sluice.cli.demo;

import dev.sluice.enricher.BatchEnricher;
import dev.sluice.enricher.Enricher;
import dev.sluice.enricher.EnricherSettings;
import dev.sluice.enricher.Outcome;
import dev.sluice.enricher.OutcomeCounts;
import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.Settings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

/**
 * What must come out of the pipeline: the records of the stream, read once more, given to the
 * enricher directly, first as stage 1 is set and then as stage 2.
 */
final class PipelineTruth {

  private final LinesById basic = new LinesById();
  private final LinesById advanced = new LinesById();
  private final OutcomeCounts.Builder basicCounts = new OutcomeCounts.Builder();
  private final OutcomeCounts.Builder advancedCounts = new OutcomeCounts.Builder();

  private PipelineTruth() {}

  static PipelineTruth read(KinesisAsyncClient kinesis, PipelineSettings settings) {
    var truth = new PipelineTruth();
    var basicLines = new ArrayList<byte[]>();
    enrich(
        settings.basic(),
        batches ->
            StreamRecords.forEach(
                kinesis,
                PipelineSettings.STREAM,
                (source, payload) ->
                    batches.enrich(
                        payload,
                        0,
                        payload.length,
                        source,
                        new Taker(truth.basic, truth.basicCounts, basicLines))));
    enrich(
        settings.advancedAlone(),
        batches ->
            basicLines.forEach(
                line ->
                    batches.enrich(
                        line,
                        0,
                        line.length,
                        new Taker(truth.advanced, truth.advancedCounts, new ArrayList<>()))));
    return truth;
  }

  /** Gives lines to an enricher. */
  private interface Pass {
    void through(BatchEnricher batches);
  }

  private static void enrich(Map<String, String> settings, Pass pass) {
    var read = new Settings(settings::get);
    try (var enricher = Enricher.open(EnricherSettings.from(read), new SimpleMeterRegistry())) {
      pass.through(new BatchEnricher(enricher.newLineEnricher()));
    }
  }

  /** Lines of stage 1. */
  LinesById basic() {
    return basic;
  }

  OutcomeCounts basicCounts() {
    return basicCounts.build();
  }

  /** Lines of stage 2, without anomaly flags and reference data. */
  LinesById advanced() {
    return advanced;
  }

  OutcomeCounts advancedCounts() {
    return advancedCounts.build();
  }

  /** Keeps enriched lines, and counts all. */
  private record Taker(LinesById lines, OutcomeCounts.Builder counts, List<byte[]> raw)
      implements BatchEnricher.Sink {

    @Override
    public void enriched(int lineIndex, OutputBuffer json, Outcome outcome) {
      counts.add(outcome);
      lines.add(json.array(), json.length());
      raw.add(Arrays.copyOf(json.array(), json.length()));
    }

    @Override
    public void dropped(int lineIndex, Outcome.Dropped outcome) {
      counts.add(outcome);
    }

    @Override
    public void rejected(int lineIndex, byte[] buffer, int from, int to, Outcome.Rejected outcome) {
      counts.add(outcome);
    }
  }
}
