package dev.sluice.jmh;

import dev.sluice.jmh.corpus.Corpus;
import dev.sluice.jmh.corpus.GeoDatabase;
import dev.sluice.jmh.functions.FunctionKind;
import dev.sluice.jmh.functions.StreamEvents;
import dev.sluice.jmh.functions.StreamFunction;
import dev.sluice.jmh.measure.CpuWarmup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The function behind a Kinesis stream, events in, objects out. An operation is {@value
 * StreamEvents#RECORDS} records.
 *
 * <pre>java -jar jmh/target/benchmarks.jar FunctionBenchmark -prof gc</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(
    value = 3,
    jvmArgs = {"-Xms1g", "-Xmx1g", "-XX:+UseSerialGC"})
public class FunctionBenchmark {
  @Param({"real"})
  public String corpus;

  @Param({"enrich", "off"})
  public String implementation;

  private List<byte[]> events;
  private StreamFunction function;

  @Setup
  public void open() {
    events = StreamEvents.of(Corpus.named(corpus).lines());
    function = new StreamFunction(FunctionKind.named(implementation), GeoDatabase.file());
    CpuWarmup.run(this::answer);
  }

  private int answer() {
    try {
      return function.answer(events).stream().mapToInt(object -> object.length).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Answers the events; answers the bytes of the objects. */
  @Benchmark
  public int records(BytesCounter counter) {
    events.forEach(event -> counter.bytes += event.length);
    return answer();
  }

  @TearDown
  public void close() {
    function.close();
  }
}
