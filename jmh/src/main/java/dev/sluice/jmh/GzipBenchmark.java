package dev.sluice.jmh;

import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.gzip.GzipStream;
import dev.sluice.jmh.corpus.Corpus;
import dev.sluice.jmh.corpus.GeoDatabase;
import dev.sluice.jmh.corpus.Lines;
import dev.sluice.jmh.pipeline.Implementation;
import dev.sluice.jmh.pipeline.Pipeline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
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
 * Gzip of {@value #LINES} enriched lines; how many bytes come of them is printed.
 *
 * <pre>java -jar jmh/target/benchmarks.jar GzipBenchmark</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 3,
    jvmArgs = {"-Xms1g", "-Xmx1g", "-XX:+UseSerialGC"})
public class GzipBenchmark {
  private static final int LINES = 10_000;

  @Param({"real", "zipf"})
  public String corpus;

  /** 1 is our own encoder, the others are zlib's. */
  @Param({"1", "2", "3", "6"})
  public int level;

  private final OutputBuffer text = new OutputBuffer();
  private final ByteArrayOutputStream packed = new ByteArrayOutputStream();

  @Setup
  public void enrich() throws IOException {
    Lines lines = Corpus.named(corpus).lines();
    var line = new OutputBuffer();
    try (Pipeline pipeline = Implementation.OURS.open(GeoDatabase.file())) {
      Pipeline.Worker worker = pipeline.newWorker();
      for (int i = 0; i < LINES; i++) {
        line.clear();
        worker.enrich(lines.bytes(), lines.from(i), lines.to(i), line);
        text.append(line.array(), 0, line.length());
        text.append((byte) '\n');
      }
    }
    System.out.printf("%,d bytes become %,d%n", text.length(), pack());
  }

  /** Packs the lines; answers the bytes that come out. */
  @Benchmark
  public int pack() throws IOException {
    packed.reset();
    try (var gzip = GzipStream.of(packed, level)) {
      gzip.write(text.array(), 0, text.length());
    }
    return packed.size();
  }
}
