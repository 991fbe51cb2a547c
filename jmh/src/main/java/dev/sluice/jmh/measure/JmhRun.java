package dev.sluice.jmh.measure;

import dev.sluice.jmh.corpus.Corpus;
import java.util.List;
import java.util.OptionalDouble;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/** One benchmark, once, in a JVM of its own. */
public final class JmhRun {
  /** The flags of all benchmarks, the same as in their annotations. */
  public static final List<String> FLAGS = List.of("-Xms1g", "-Xmx1g", "-XX:+UseSerialGC");

  private static final int MEDIAN_PERCENT = 50;

  private JmhRun() {}

  /** Runs the subject on one thread. */
  public static Score of(Subject subject, Timing timing) {
    var options =
        new OptionsBuilder()
            .include(subject.include())
            .param("corpus", subject.corpus())
            .param("implementation", subject.implementation())
            .forks(1)
            .threads(1)
            .warmupIterations(timing.warmups())
            .warmupTime(TimeValue.milliseconds(timing.millis()))
            .measurementIterations(timing.iterations())
            .measurementTime(TimeValue.milliseconds(timing.millis()))
            .jvmArgsAppend(
                "-Dslf4j.internal.verbosity=ERROR", // that a neighbour's log goes nowhere is meant
                "-D" + CpuWarmup.MILLIS + "=" + timing.cpuMillis(),
                "-D" + Corpus.REAL_LOG + "=" + System.getProperty(Corpus.REAL_LOG, ""))
            .addProfiler(GCProfiler.class)
            .addProfiler(CpuTimeProfiler.class)
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true)
            .build();
    try {
      return score(new Runner(options).runSingle());
    } catch (RunnerException e) {
      throw new IllegalStateException("cannot measure " + subject, e);
    }
  }

  private static Score score(RunResult result) {
    double perSecond = secondary(result, CpuTimeProfiler.LABEL).orElseThrow();
    double perElapsedSecond = median(result.getPrimaryResult().getStatistics());
    return new Score(
        perSecond,
        perElapsedSecond,
        secondary(result, "bytes").orElse(0) / perElapsedSecond * perSecond,
        secondary(result, "gc.alloc.rate.norm").orElseThrow());
  }

  private static OptionalDouble secondary(RunResult result, String name) {
    return result.getSecondaryResults().keySet().stream()
        .filter(label -> label.endsWith(name)) // some releases of JMH put a dot before its own
        .mapToDouble(label -> median(result.getSecondaryResults().get(label).getStatistics()))
        .findFirst();
  }

  private static double median(Statistics statistics) {
    return statistics.getPercentile(MEDIAN_PERCENT);
  }
}
