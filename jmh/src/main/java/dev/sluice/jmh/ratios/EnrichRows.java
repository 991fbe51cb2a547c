package dev.sluice.jmh.ratios;

import dev.sluice.jmh.corpus.Corpus;
import dev.sluice.jmh.corpus.GeoDatabase;
import dev.sluice.jmh.corpus.WorkDirectory;
import dev.sluice.jmh.measure.Medians;
import dev.sluice.jmh.process.ChildProcess;
import dev.sluice.jmh.process.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** {@code ./sluice enrich FILE} as a whole process, beside GoAccess on the same file. */
final class EnrichRows {
  private static final String NAME = "./sluice enrich, 1 M lines: GoAccess time / our time";
  private static final Bound BOUND = Bound.atLeast(3);
  private static final String HEAP_NAME = "./sluice enrich, 1 M lines, in a heap of 256 MB: exit";
  private static final int LINES = 1_000_000;
  private static final double NANOS_PER_SECOND = 1e9;

  private EnrichRows() {}

  static List<Row> measure(int rounds) {
    Path launcher = WorkDirectory.checkout().resolve("sluice");
    if (!Files.isExecutable(launcher)) {
      String reason = "no checkout around " + WorkDirectory.path();
      return List.of(
          Row.skipped(NAME, BOUND, reason), Row.skipped(HEAP_NAME, Bound.atMost(0), reason));
    }
    seconds(ChildProcess.of(List.of(launcher.toString(), "--help"))); // builds what is stale
    List<String> enrich =
        List.of(
            launcher.toString(),
            "enrich",
            "--geoip",
            GeoDatabase.file().toString(),
            logFile().toString());
    return List.of(againstGoAccess(rounds, enrich), inSmallHeap(enrich));
  }

  private static Row againstGoAccess(int rounds, List<String> enrich) {
    if (!Programs.isInstalled("goaccess")) {
      return Row.skipped(NAME, BOUND, "goaccess is not installed");
    }
    Path report = WorkDirectory.path().resolve("goaccess.json");
    List<String> goAccess =
        List.of(
            "goaccess",
            logFile().toString(),
            "--no-global-config",
            "--no-progress",
            "--log-format=COMBINED",
            "--geoip-database=" + GeoDatabase.file(),
            "--output=" + report);
    var ratios = new ArrayList<Double>();
    var ours = new ArrayList<Double>();
    for (int round = 0; round < rounds; round++) {
      double our = seconds(ChildProcess.of(enrich));
      ours.add(our);
      ratios.add(seconds(ChildProcess.of(goAccess)) / our);
    }
    String note = Math.round(LINES / Medians.of(ours) / 1_000) + " k lines/s, start-up included";
    return Row.of(NAME, Medians.of(ratios), BOUND, note);
  }

  private static Row inSmallHeap(List<String> enrich) {
    var command = new ArrayList<>(List.of("env", "SLUICE_JAVA_OPTIONS=-Xmx256m"));
    command.addAll(enrich);
    int exit;
    try {
      ChildProcess.of(command).run();
      exit = 0;
    } catch (IllegalStateException failed) {
      exit = 1;
    }
    return Row.of(HEAP_NAME, exit, Bound.atMost(0), "");
  }

  private static double seconds(ChildProcess process) {
    long start = System.nanoTime();
    process.run();
    return (System.nanoTime() - start) / NANOS_PER_SECOND;
  }

  /** The lines as a file of some 250 MB, made when it is not there yet. */
  private static Path logFile() {
    Path file = WorkDirectory.path().resolve("zipf-1m.log");
    if (Files.exists(file)) {
      return file;
    }
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      try (var out = Files.newOutputStream(part)) {
        Corpus.zipfLog().writeTo(out, LINES);
      }
      return Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
