package dev.sluice.jmh;

import dev.sluice.enricher.OutputBuffer;
import dev.sluice.jmh.corpus.Corpus;
import dev.sluice.jmh.corpus.GeoDatabase;
import dev.sluice.jmh.corpus.Lines;
import dev.sluice.jmh.measure.CpuWarmup;
import dev.sluice.jmh.pipeline.Implementation;
import dev.sluice.jmh.pipeline.Pipeline;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The whole way of a line, bytes in, JSON bytes out, with geo and user agent. An operation is a
 * line, so operations a second are lines a second and {@code gc.alloc.rate.norm} is bytes allocated
 * a line.
 *
 * <pre>java -jar jmh/target/benchmarks.jar PipelineBenchmark -p corpus=zipf -prof gc</pre>
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(
    value = 3,
    jvmArgs = {"-Xms1g", "-Xmx1g", "-XX:+UseSerialGC"})
public class PipelineBenchmark {

  /** What the threads share. */
  @State(Scope.Benchmark)
  public static class Shared {
    @Param({"browsers", "zipf", "bots", "hostile", "real"})
    public String corpus;

    @Param({"ours", "good", "naive"})
    public String implementation;

    private final AtomicInteger threads = new AtomicInteger();
    private Lines lines;
    private Pipeline pipeline;

    @Setup
    public void open() {
      lines = Corpus.named(corpus).lines();
      pipeline = Implementation.named(implementation).open(GeoDatabase.file());
    }

    @TearDown
    public void close() {
      pipeline.close();
    }
  }

  /** One thread's place in the corpus. */
  @State(Scope.Thread)
  public static class Reader {
    private final OutputBuffer out = new OutputBuffer();
    private Lines lines;
    private Pipeline.Worker worker;
    private int next;

    @Setup(Level.Trial)
    public void start(Shared shared) {
      int thread = shared.threads.getAndIncrement();
      lines = shared.lines.forThread(thread);
      worker = shared.pipeline.newWorker();
      next = thread * (lines.count() / 2) % lines.count(); // two threads, two places
      CpuWarmup.run(this::enrichNext);
    }

    /** Enriches the next line; answers its length. */
    int enrichNext() {
      int line = next;
      next = line + 1 == lines.count() ? 0 : line + 1;
      lines.renew(line);
      int from = lines.from(line);
      int to = lines.to(line);
      out.clear();
      if (!worker.enrich(lines.bytes(), from, to, out)) {
        throw new IllegalStateException("line " + line + " was not enriched");
      }
      return to - from;
    }
  }

  /** Enriches the next line; answers the length of the JSON. */
  @Benchmark
  public int line(Reader reader, BytesCounter counter) {
    counter.bytes += reader.enrichNext();
    return reader.out.length();
  }
}
