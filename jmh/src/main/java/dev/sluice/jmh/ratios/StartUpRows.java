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
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

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
        rows("", "start", rounds, figures, kind -> new FunctionProcess(kind, event).start()));
    rows.addAll(
        rows(
            " with an archive",
            "start_with_archive",
            rounds,
            figures,
            kind -> new FunctionProcess(kind, event).startWithArchive()));
    return rows;
  }

  private static List<Row> rows(
      String how,
      String figure,
      int rounds,
      Figures figures,
      Function<HandlerKind, FunctionProcess.Run> start) {
    var runs = new EnumMap<HandlerKind, List<FunctionProcess.Run>>(HandlerKind.class);
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < STARTS_A_ROUND; i++) {
        add(HandlerKind.OURS, start, runs);
        add(HandlerKind.DATABIND, start, runs);
      }
      add(HandlerKind.NAIVE, start, runs); // seconds
    }
    runs.forEach(
        (kind, all) -> {
          List<Double> millis = millis(all);
          String name = figure + "." + kind.label();
          figures.put(name + ".median", Medians.of(millis));
          figures.put(name + ".min", Collections.min(millis));
          figures.put(name + ".max", Collections.max(millis));
        });
    List<FunctionProcess.Run> ours = runs.get(HandlerKind.OURS);
    String name = "JVM start to first 1 MB event" + how + ", ";
    return List.of(
        Row.of(
            name + "DATABIND / OURS",
            medianRatio(runs.get(HandlerKind.DATABIND), ours),
            TIMES_IDIOMATIC,
            note(runs.get(HandlerKind.DATABIND), ours)),
        Row.of(
            name + "NAIVE / OURS",
            Medians.of(millis(runs.get(HandlerKind.NAIVE))) / Medians.of(millis(ours)),
            Bound.NONE,
            note(runs.get(HandlerKind.NAIVE), ours)));
  }

  private static void add(
      HandlerKind kind,
      Function<HandlerKind, FunctionProcess.Run> start,
      Map<HandlerKind, List<FunctionProcess.Run>> runs) {
    runs.computeIfAbsent(kind, none -> new ArrayList<>()).add(start.apply(kind));
  }

  /** Of starts that followed each other, so that both have seen the same machine. */
  private static double medianRatio(
      List<FunctionProcess.Run> theirs, List<FunctionProcess.Run> ours) {
    return Medians.of(
        IntStream.range(0, ours.size())
            .mapToObj(i -> theirs.get(i).firstMillis() / ours.get(i).firstMillis())
            .toList());
  }

  private static String note(List<FunctionProcess.Run> theirs, List<FunctionProcess.Run> ours) {
    return String.format(
        Locale.ROOT,
        "%.0f ms / %.0f ms (%.0f to %.0f); of processors %.0f ms / %.0f ms",
        Medians.of(millis(theirs)),
        Medians.of(millis(ours)),
        Collections.min(millis(ours)),
        Collections.max(millis(ours)),
        processorMillis(theirs),
        processorMillis(ours));
  }

  private static List<Double> millis(List<FunctionProcess.Run> runs) {
    return runs.stream().map(FunctionProcess.Run::firstMillis).toList();
  }

  private static double processorMillis(List<FunctionProcess.Run> runs) {
    return Medians.of(runs.stream().map(FunctionProcess.Run::firstProcessorMillis).toList());
  }
}
