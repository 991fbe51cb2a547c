package dev.sluice.jmh;

import dev.sluice.jmh.corpus.Corpus;
import dev.sluice.jmh.corpus.Lines;
import dev.sluice.jmh.measure.CpuWarmup;
import dev.sluice.jmh.parser.FieldParser;
import dev.sluice.jmh.parser.ParserKind;
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
 * The fields of a Combined line, found by us and by neighbours. An operation is a line.
 *
 * <pre>java -jar jmh/target/benchmarks.jar LineParserBenchmark -prof gc</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(
    value = 3,
    jvmArgs = {"-Xms1g", "-Xmx1g", "-XX:+UseSerialGC"})
public class LineParserBenchmark {
  @Param({"browsers"})
  public String corpus;

  @Param({"ours", "definition", "regex", "idiomatic", "httpdlog", "grok"})
  public String implementation;

  private Lines lines;
  private FieldParser parser;
  private int next;

  @Setup
  public void open() {
    lines = Corpus.named(corpus).lines();
    parser = ParserKind.named(implementation).newParser();
    CpuWarmup.run(this::parseNext);
  }

  /** Finds the fields of the next line; answers its bytes. */
  @Benchmark
  public int line(BytesCounter counter) {
    int bytes = parseNext();
    counter.bytes += bytes;
    return bytes;
  }

  private int parseNext() {
    int line = next;
    next = line + 1 == lines.count() ? 0 : line + 1;
    int from = lines.from(line);
    int to = lines.to(line);
    if (!parser.parse(lines.bytes(), from, to)) {
      throw new IllegalStateException("line " + line + " was not parsed");
    }
    return to - from;
  }
}
