package dev.sluice.jmh.consumer;

import dev.sluice.jmh.measure.Medians;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;

/**
 * Measures the consumer and its neighbour in turns, and then the consumer's delay, each in a
 * process of its own beside this one, which holds the stack. Arguments: rounds, records of the
 * stream, seconds of the delay's measurement.
 *
 * <p>Prints {@code <name> <number>}, a line for each; the rows about the consumer are made of them.
 */
public final class ConsumerRun {
  /** Warnings only, on standard error. */
  public static final String QUIET =
      "-Dlogback.configurationFile=dev/sluice/jmh/consumer/logback.xml";

  /** Of what the consumer has done alone. */
  private static final double HALF_LOAD = 0.5;

  /** What this process can put beside what it must serve, on two cores. */
  private static final double MAX_RATE = 10_000;

  private static final Duration MAX_SETTLING = Duration.ofSeconds(5);

  private ConsumerRun() {}

  public static void main(String[] args) {
    int rounds = Integer.parseInt(args[0]);
    int records = Integer.parseInt(args[1]);
    Duration delay = Duration.ofSeconds(Integer.parseInt(args[2]));
    int exitCode = 0;
    try {
      measure(rounds, records, delay);
    } catch (RuntimeException failed) {
      System.err.println("ConsumerRun: " + failed.getMessage());
      exitCode = 1;
    }
    System.exit(exitCode); // threads of the stack may linger
  }

  private static void measure(int rounds, int records, Duration delay) {
    try (var bench = new Bench()) {
      double alone = turns(bench, rounds, records);
      // No number when all objects came at once, in the shortest of runs.
      double rate = HALF_LOAD * alone < MAX_RATE ? HALF_LOAD * alone : MAX_RATE;
      Duration settling = delay.compareTo(MAX_SETTLING) < 0 ? delay : MAX_SETTLING;
      Delay measured = Delay.run(bench, rate, settling, delay);
      print("delay.median_seconds", measured.medianSeconds());
      print("delay.p99_seconds", measured.p99Seconds());
      print("delay.records_per_second", measured.perSecond());
      print("ours.exit", measured.exitCode());
    }
  }

  /** Answers the lines a second of the consumer by the clock. */
  private static double turns(Bench bench, int rounds, int records) {
    LoadedStream stream = bench.newStream();
    stream.fill(records);
    var ours = new ArrayList<Double>();
    for (int round = 0; round < rounds; round++) {
      for (ReaderKind kind : ReaderKind.values()) {
        Turn turn = Turn.run(kind, bench, stream);
        String name = kind.label();
        print(name + ".per_processor_second", turn.perProcessorSecond());
        print(name + ".per_second", turn.perSecond());
        print(name + ".from_first_object_per_processor_second", turn.fromFirstObject());
        print(name + ".resident_megabytes", turn.residentMegabytes());
        print(name + ".exit", turn.exitCode());
        System.err.printf(
            Locale.ROOT,
            "round %d of %d: consumer %-30s %,12.0f /s of CPU %,12.0f /s%n",
            round + 1,
            rounds,
            name,
            turn.perProcessorSecond(),
            turn.perSecond());
        if (kind == ReaderKind.OURS) {
          ours.add(turn.perSecond());
        }
      }
    }
    stream.delete();
    return Medians.of(ours);
  }

  private static void print(String name, double value) {
    System.out.println(name + " " + value);
  }
}
