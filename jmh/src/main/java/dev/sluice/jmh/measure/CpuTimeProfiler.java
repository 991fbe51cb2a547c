package dev.sluice.jmh.measure;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Operations by second of processor time, garbage collection and compilation included: what a core
 * does while it works for us, whoever else wants it. On an idle machine nearly the operations a
 * second that JMH itself shows for one thread.
 *
 * <pre>java -jar jmh/target/benchmarks.jar -prof dev.sluice.jmh.measure.CpuTimeProfiler</pre>
 */
public final class CpuTimeProfiler implements InternalProfiler {
  static final String LABEL = "cpu.ops";

  private static final double NANOS_PER_SECOND = 1e9;

  private long startNanos;

  @Override
  public String getDescription() {
    return "Operations by second of processor time";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    startNanos = processNanos();
  }

  @Override
  public Collection<? extends Result<ScalarResult>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    double seconds = (processNanos() - startNanos) / NANOS_PER_SECOND;
    double operations = result.getMetadata().getAllOps();
    return List.of(new ScalarResult(LABEL, operations / seconds, "ops/s", AggregationPolicy.AVG));
  }

  private static long processNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
