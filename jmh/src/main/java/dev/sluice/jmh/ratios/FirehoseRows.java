package dev.sluice.jmh.ratios;

import dev.sluice.jmh.corpus.Corpus;
import dev.sluice.jmh.corpus.Lines;
import dev.sluice.jmh.firehose.EventFile;
import dev.sluice.jmh.firehose.HandlerKind;
import dev.sluice.jmh.firehose.NodeBlueprint;
import dev.sluice.jmh.measure.FunctionProcess;
import dev.sluice.jmh.measure.Score;
import dev.sluice.jmh.measure.Scores;
import dev.sluice.jmh.measure.Subject;
import dev.sluice.jmh.results.Figures;
import java.util.List;
import java.util.Locale;

/** The Firehose function against its neighbours on the same event, and in the memory it is for. */
final class FirehoseRows {
  /** Handlers of the JVM that the benchmark runs. */
  static final List<String> IMPLEMENTATIONS =
      List.of(
          HandlerKind.OURS.label(), HandlerKind.STREAMING.label(), HandlerKind.DATABIND.label());

  private static final Bound TIMES_RIVAL = Bound.atLeast(8);
  private static final double LAMBDA_MEGABYTES = 512;
  private static final double MILLIS_PER_SECOND = 1e3;
  private static final double BYTES_PER_MEGABYTE = 1e6;

  /** Enough of them for the heap to have been full, and for the compiler to have finished. */
  private static final int EVENTS = 200;

  /** Each takes seconds. */
  private static final int NAIVE_EVENTS = 2;

  private FirehoseRows() {}

  static List<Row> rows(Scores scores) {
    return List.of(
        against(HandlerKind.STREAMING.label(), TIMES_RIVAL, scores),
        scores.subjects().contains(Subject.firehose(NodeBlueprint.LABEL))
            ? against(NodeBlueprint.LABEL, TIMES_RIVAL, scores)
            : Row.skipped(name(NodeBlueprint.LABEL), TIMES_RIVAL, "node is not installed"),
        against(HandlerKind.DATABIND.label(), Bound.NONE, scores));
  }

  private static String name(String rival) {
    return "Firehose event, " + rival.toUpperCase(Locale.ROOT) + " time / our time";
  }

  private static Row against(String rival, Bound bound, Scores scores) {
    Subject ours = Subject.firehose(HandlerKind.OURS.label());
    Subject theirs = Subject.firehose(rival);
    String note =
        String.format(
            Locale.ROOT,
            "%.2f ms / %.2f ms for 1 MB of event%s",
            millisForMegabyte(theirs, scores),
            millisForMegabyte(ours, scores),
            rival.equals(NodeBlueprint.LABEL) ? ", Node " + NodeBlueprint.version() : "");
    return Row.of(name(rival), scores.ratio(ours, theirs), bound, note);
  }

  private static double millisForMegabyte(Subject subject, Scores scores) {
    return MILLIS_PER_SECOND * BYTES_PER_MEGABYTE / scores.median(subject, Score::bytesPerSecond);
  }

  /** Answers large events in the memory of a Lambda function; notes what else is worth knowing. */
  static Row memory(Figures figures) {
    // Zipf's addresses touch nearly all of the database.
    var function =
        new FunctionProcess(HandlerKind.OURS, EventFile.of(Corpus.ZIPF, EventFile.LARGE_BYTES));
    FunctionProcess.Run run = function.steady(EVENTS);
    String name = "Firehose function, heap of 256 MB: most memory resident, MB";
    Bound bound = Bound.atMost(LAMBDA_MEGABYTES);
    if (Double.isNaN(run.peakResidentMegabytes())) {
      return Row.skipped(name, bound, "the system does not tell");
    }
    figures.put("firehose.resident_megabytes", run.peakResidentMegabytes());
    return Row.of(
        name, run.peakResidentMegabytes(), bound, EVENTS + " events of 3 MB, 52 MB GeoIP database");
  }

  /** Sizes of the large event and of its answer, and what it takes under Lambda's own flags. */
  static void figures(Figures figures) {
    Lines lines = Corpus.REAL.lines();
    int records = EventFile.records(lines, EventFile.LARGE_BYTES);
    long lineBytes = 0;
    for (int i = 0; i < records; i++) {
      int line = i % lines.count();
      lineBytes += lines.to(line) - lines.from(line);
    }
    var event = EventFile.of(Corpus.REAL, EventFile.LARGE_BYTES);
    figures.put("firehose.records", records);
    figures.put("firehose.line_bytes", lineBytes);
    figures.put("firehose.event_bytes", event.toFile().length());
    for (HandlerKind kind : List.of(HandlerKind.NAIVE, HandlerKind.STREAMING, HandlerKind.OURS)) {
      int events = kind == HandlerKind.NAIVE ? NAIVE_EVENTS : EVENTS;
      FunctionProcess.Run run = new FunctionProcess(kind, event).steady(events);
      figures.put("firehose.response_bytes", run.responseBytes());
      figures.put("firehose.warm_millis." + kind.label(), run.warmMillis());
    }
    figures.put(
        "firehose.warm_millis_both_compilers.ours",
        new FunctionProcess(HandlerKind.OURS, event).steadyWithBothCompilers(EVENTS).warmMillis());
  }
}
