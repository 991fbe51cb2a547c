package dev.sluice.jmh;

import dev.sluice.jmh.corpus.Corpus;
import dev.sluice.jmh.corpus.GeoDatabase;
import dev.sluice.jmh.firehose.EventFile;
import dev.sluice.jmh.firehose.EventHandler;
import dev.sluice.jmh.firehose.HandlerKind;
import dev.sluice.jmh.measure.CpuWarmup;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
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
 * A Firehose handler, bytes of an event in, bytes of its response out. An operation is an event of
 * {@value EventFile#LARGE_BYTES} bytes, whose response is legal for all.
 *
 * <pre>java -jar jmh/target/benchmarks.jar FirehoseBenchmark -prof gc</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(
    value = 3,
    jvmArgs = {"-Xms1g", "-Xmx1g", "-XX:+UseSerialGC"})
public class FirehoseBenchmark {
  @Param({"real"})
  public String corpus;

  @Param({"ours", "streaming", "databind"})
  public String implementation;

  private byte[] bytes;
  private ByteArrayOutputStream response;
  private EventHandler handler;

  @Setup
  public void open() {
    bytes = EventFile.event(Corpus.named(corpus).lines(), EventFile.LARGE_BYTES);
    response = new ByteArrayOutputStream(2 * EventFile.LARGE_BYTES);
    handler = HandlerKind.named(implementation).open(GeoDatabase.file());
    CpuWarmup.run(this::answer);
  }

  private int answer() {
    response.reset();
    try {
      handler.handle(new ByteArrayInputStream(bytes), response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return response.size();
  }

  /** Answers the event; answers the length of the response. */
  @Benchmark
  public int event(BytesCounter counter) {
    counter.bytes += bytes.length;
    return answer();
  }

  @TearDown
  public void close() {
    handler.close();
  }
}
