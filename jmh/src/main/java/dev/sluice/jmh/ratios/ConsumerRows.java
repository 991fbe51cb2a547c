package dev.sluice.jmh.ratios;

import dev.sluice.jmh.consumer.ConsumerRun;
import dev.sluice.jmh.corpus.GeoDatabase;
import dev.sluice.jmh.corpus.WorkDirectory;
import dev.sluice.jmh.measure.Medians;
import dev.sluice.jmh.process.ChildProcess;
import dev.sluice.jmh.results.Figures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The consumer, from the stream into S3, beside a KCL application that writes the raw records; its
 * delay; and that a heap of 512 MB is enough for it.
 */
final class ConsumerRows {
  private static final String NAME = "KCL consumer: lines/s, OURS / RAW gzip into S3";
  private static final Bound BOUND = Bound.atLeast(0.8);
  private static final String DELAY_NAME = "KCL consumer: p99 from PutRecords to S3, s";

  /** The age at which an object is put, and one second. */
  private static final Bound DELAY_BOUND = Bound.atMost(3);

  private static final String HEAP_NAME = "KCL consumer in a heap of 512 MB: exit";
  private static final Bound HEAP_BOUND = Bound.atMost(0);

  private static final String MAIN_CLASS = "dev.sluice.jmh.consumer.ConsumerRun";
  private static final String FIGURE = "consumer.";
  private static final int RECORDS = 1_500_000;
  private static final int DELAY_SECONDS = 15;
  private static final int SMOKE_RECORDS = 100_000;
  private static final int SMOKE_DELAY_SECONDS = 3;

  private ConsumerRows() {}

  /** Fails like any other row when a line is missing or a process does not go on. */
  static List<Row> measure(int rounds, Figures figures) {
    if (!Files.exists(classPathFile())) {
      String reason = "there is no " + classPathFile();
      return List.of(
          Row.skipped(NAME, BOUND, reason),
          Row.skipped(DELAY_NAME, DELAY_BOUND, reason),
          Row.skipped(HEAP_NAME, HEAP_BOUND, reason));
    }
    try {
      return rows(run(rounds, RECORDS, DELAY_SECONDS), figures);
    } catch (IllegalStateException failed) {
      String reason = failed.getMessage();
      return List.of(
          Row.of(NAME, Double.NaN, BOUND, reason),
          Row.of(DELAY_NAME, Double.NaN, DELAY_BOUND, reason),
          Row.of(HEAP_NAME, Double.NaN, HEAP_BOUND, reason));
    }
  }

  /**
   * The shortest run there is; judges that every line arrives, and no speed.
   *
   * @throws IllegalStateException if one does not
   */
  static void smoke() {
    run(1, SMOKE_RECORDS, SMOKE_DELAY_SECONDS);
  }

  private static Path classPathFile() {
    return WorkDirectory.path().resolve("consumer.classpath");
  }

  /** Numbers by name, in the order of the rounds. */
  private static Map<String, List<Double>> run(int rounds, int records, int delaySeconds) {
    GeoDatabase.file();
    var numbers = new HashMap<String, List<Double>>();
    command(rounds, records, delaySeconds)
        .output()
        .lines()
        .forEach(
            line -> {
              String[] words = line.split(" ");
              numbers
                  .computeIfAbsent(words[0], none -> new ArrayList<>())
                  .add(Double.valueOf(words[1]));
            });
    return numbers;
  }

  private static ChildProcess command(int rounds, int records, int delaySeconds) {
    String classPath;
    try {
      classPath =
          WorkDirectory.path().resolve("classes") + ":" + Files.readString(classPathFile()).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + classPathFile(), e);
    }
    return ChildProcess.of(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx3g",
            ConsumerRun.QUIET,
            "-cp",
            classPath,
            MAIN_CLASS,
            Integer.toString(rounds),
            Integer.toString(records),
            Integer.toString(delaySeconds)));
  }

  /** Package-private for the test. */
  static List<Row> rows(Map<String, List<Double>> numbers, Figures figures) {
    numbers.forEach((name, values) -> figures.put(FIGURE + name, Medians.of(values)));
    double exit = numbers.get("ours.exit").stream().mapToDouble(Math::abs).max().orElseThrow();
    return List.of(
        Row.of(
            NAME,
            ratio("per_processor_second", numbers),
            BOUND,
            text(
                "%,.0f / %,.0f a second of processor time; by the clock %.2f",
                median("ours.per_processor_second", numbers),
                median("raw.per_processor_second", numbers),
                ratio("per_second", numbers))),
        Row.of(
            DELAY_NAME,
            median("delay.p99_seconds", numbers),
            DELAY_BOUND,
            text(
                "flush interval 2 s; median %.2f s; %,.0f records a second",
                median("delay.median_seconds", numbers),
                median("delay.records_per_second", numbers))),
        Row.of(
            HEAP_NAME,
            exit,
            HEAP_BOUND,
            text("%.0f MB resident", median("ours.resident_megabytes", numbers))));
  }

  private static double ratio(String name, Map<String, List<Double>> numbers) {
    List<Double> ours = numbers.get("ours." + name);
    List<Double> raw = numbers.get("raw." + name);
    return Medians.of(
        IntStream.range(0, ours.size()).mapToObj(i -> ours.get(i) / raw.get(i)).toList());
  }

  private static double median(String name, Map<String, List<Double>> numbers) {
    return Medians.of(numbers.get(name));
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
