package dev.sluice.jmh;

import dev.sluice.jmh.corpus.Corpus;
import dev.sluice.jmh.measure.CpuWarmup;
import dev.sluice.jmh.useragent.AgentKind;
import dev.sluice.jmh.useragent.AgentTexts;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * System, browser and device of a user agent, without a cache. An operation is a user agent.
 *
 * <pre>java -jar jmh/target/benchmarks.jar UserAgentBenchmark -prof gc</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(
    value = 3,
    jvmArgs = {"-Xms1g", "-Xmx1g", "-XX:+UseSerialGC"})
public class UserAgentBenchmark {
  @Param({"browsers", "bots"})
  public String corpus;

  @Param({"ours", "uap"})
  public String implementation;

  private String[] agents;
  private Function<String, ?> classifier;
  private int next;

  @Setup
  public void open() {
    agents = AgentTexts.distinct(Corpus.named(corpus).lines());
    classifier = AgentKind.named(implementation).open();
    CpuWarmup.run(this::agent);
  }

  /** Classifies the next user agent. */
  @Benchmark
  public Object agent() {
    String agent = agents[next];
    next = next + 1 == agents.length ? 0 : next + 1;
    return classifier.apply(agent);
  }
}
