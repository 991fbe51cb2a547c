package dev.sluice.jmh;

import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.gzip.TextGzip;
import dev.sluice.jmh.corpus.Corpus;
import dev.sluice.jmh.corpus.GeoDatabase;
import dev.sluice.jmh.corpus.Lines;
import dev.sluice.jmh.pipeline.Implementation;
import dev.sluice.jmh.pipeline.Pipeline;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
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
import org.openjdk.jmh.annotations.TearDown;
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
  private static final String OURS = "ours";

  @Param({"real", "zipf"})
  public String corpus;

  /** Ours, or a level of zlib. */
  @Param({OURS, "1", "3", "6"})
  public String level;

  private final OutputBuffer text = new OutputBuffer();
  private final OutputBuffer out = new OutputBuffer();
  private final TextGzip ours = new TextGzip();
  private Deflater zlib;

  @Setup
  public void enrich() {
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
    out.reserve(text.length());
    zlib = level.equals(OURS) ? null : new Deflater(Integer.parseInt(level), true);
    System.out.printf("%,d bytes become %,d%n", text.length(), pack());
  }

  /** Packs the lines; answers the bytes that come out. */
  @Benchmark
  public int pack() {
    if (zlib == null) {
      out.clear();
      ours.append(text.array(), 0, text.length(), out);
      return out.length();
    }
    zlib.reset();
    zlib.setInput(text.array(), 0, text.length());
    zlib.finish();
    return zlib.deflate(out.array());
  }

  @TearDown
  public void close() {
    if (zlib != null) {
      zlib.end();
    }
  }
}
