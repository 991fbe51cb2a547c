package dev.sluice.jmh.ratios;

import dev.sluice.jmh.measure.Medians;
import dev.sluice.jmh.measure.StartUp;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** JVM start to the first batch answered. The bound belongs to the Firehose handler's event. */
final class StartUpRows {
  private static final List<String> IMPLEMENTATIONS = List.of("ours", "good", "naive");

  private StartUpRows() {}

  static List<Row> measure(int rounds) {
    var rows = new ArrayList<Row>();
    rows.addAll(rows("", rounds, StartUp::millis));
    rows.addAll(rows(" with an archive", rounds, StartUp::millisWithArchive));
    return rows;
  }

  private static List<Row> rows(String how, int rounds, ToDoubleFunction<String> start) {
    var millis = new TreeMap<String, List<Double>>();
    for (int round = 0; round < rounds; round++) {
      for (String implementation : IMPLEMENTATIONS) {
        millis
            .computeIfAbsent(implementation, none -> new ArrayList<>())
            .add(start.applyAsDouble(implementation));
      }
    }
    return List.of(row("GOOD", how, millis), row("NAIVE", how, millis));
  }

  private static Row row(String rival, String how, Map<String, List<Double>> millis) {
    double ours = Medians.of(millis.get("ours"));
    double theirs = Medians.of(millis.get(rival.toLowerCase(Locale.ROOT)));
    return Row.of(
        "JVM start to first 1 MB of lines" + how + ", " + rival + " / OURS",
        theirs / ours,
        Bound.NONE,
        Math.round(theirs) + " ms / " + Math.round(ours) + " ms");
  }
}
