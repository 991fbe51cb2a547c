package dev.sluice.jmh.ratios;

import dev.sluice.jmh.corpus.Corpus;
import dev.sluice.jmh.firehose.EventFile;
import dev.sluice.jmh.firehose.HandlerKind;
import dev.sluice.jmh.measure.FunctionProcess;
import dev.sluice.jmh.measure.Medians;
import dev.sluice.jmh.results.Figures;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** JVM start to the first Firehose event of 1 MB answered, with the same flags for all. */
final class StartUpRows {
  private static final Bound TIMES_IDIOMATIC = Bound.atLeast(3);

  /** Starts are short and differ a lot. */
  private static final int STARTS_A_ROUND = 3;

  private StartUpRows() {}

  static List<Row> measure(int rounds, Figures figures) {
    Path event = EventFile.of(Corpus.REAL, EventFile.FIRST_BYTES);
    var rows = new ArrayList<Row>();
    rows.addAll(
        rows(
            "",
            "start",
            rounds,
            figures,
            kind -> millis(new FunctionProcess(kind, event).start())));
    rows.addAll(
        rows(
            " with an archive",
            "start_with_archive",
            rounds,
            figures,
            kind -> millis(new FunctionProcess(kind, event).startWithArchive())));
    return rows;
  }

  private static double millis(FunctionProcess.Run run) {
    return run.firstMillis();
  }

  private static List<Row> rows(
      String how, String figure, int rounds, Figures figures, ToDoubleFunction<HandlerKind> start) {
    var millis = new EnumMap<HandlerKind, List<Double>>(HandlerKind.class);
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < STARTS_A_ROUND; i++) {
        add(HandlerKind.OURS, start, millis);
        add(HandlerKind.DATABIND, start, millis);
      }
      add(HandlerKind.NAIVE, start, millis); // seconds
    }
    millis.forEach(
        (kind, all) -> {
          String name = figure + "." + kind.label();
          figures.put(name + ".median", Medians.of(all));
          figures.put(name + ".min", Collections.min(all));
          figures.put(name + ".max", Collections.max(all));
        });
    return List.of(
        row(HandlerKind.DATABIND, TIMES_IDIOMATIC, how, millis),
        row(HandlerKind.NAIVE, Bound.NONE, how, millis));
  }

  private static void add(
      HandlerKind kind,
      ToDoubleFunction<HandlerKind> start,
      Map<HandlerKind, List<Double>> millis) {
    millis.computeIfAbsent(kind, none -> new ArrayList<>()).add(start.applyAsDouble(kind));
  }

  private static Row row(
      HandlerKind rival, Bound bound, String how, Map<HandlerKind, List<Double>> millis) {
    double ours = Medians.of(millis.get(HandlerKind.OURS));
    double theirs = Medians.of(millis.get(rival));
    return Row.of(
        "JVM start to first 1 MB event" + how + ", " + rival + " / OURS",
        theirs / ours,
        bound,
        Math.round(theirs) + " ms / " + range(millis.get(HandlerKind.OURS)));
  }

  private static String range(List<Double> millis) {
    return Math.round(Medians.of(millis))
        + " ms ("
        + Math.round(Collections.min(millis))
        + " to "
        + Math.round(Collections.max(millis))
        + ")";
  }
}
