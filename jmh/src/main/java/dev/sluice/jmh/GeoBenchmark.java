package dev.sluice.jmh;

import com.maxmind.geoip2.DatabaseReader;
import com.maxmind.geoip2.exception.GeoIp2Exception;
import dev.sluice.enricher.geo.GeoFinder;
import dev.sluice.enricher.geo.GeoFragments;
import dev.sluice.enricher.geo.GeoRenderers;
import dev.sluice.jmh.corpus.Corpus;
import dev.sluice.jmh.corpus.GeoDatabase;
import dev.sluice.jmh.corpus.Lines;
import dev.sluice.jmh.measure.CpuWarmup;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
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
 * From the text of a host to the JSON of its place, in the order of the corpus. An operation is a
 * host. {@code library} asks GeoIP2 for each address that is a literal, and renders nothing.
 *
 * <pre>java -jar jmh/target/benchmarks.jar GeoBenchmark -prof gc</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(
    value = 3,
    jvmArgs = {"-Xms1g", "-Xmx1g", "-XX:+UseSerialGC"})
public class GeoBenchmark {
  private static final int CACHE_ENTRIES = 100_000;

  /** What finds the place. */
  private interface Finder {
    Object find(byte[] text, int from, int to);
  }

  @Param({"real", "zipf", "hostile"})
  public String corpus;

  @Param({"ours", "library"})
  public String implementation;

  private Lines lines;
  private AutoCloseable database;
  private Finder finder;
  private int next;

  @Setup
  public void open() throws IOException {
    lines = Corpus.named(corpus).lines();
    Path file = GeoDatabase.file();
    if (implementation.equals("ours")) {
      openOurs(file);
    } else {
      openLibrary(file);
    }
    CpuWarmup.run(this::host);
  }

  private void openOurs(Path file) {
    var fragments =
        GeoFragments.open(
            Optional.of(file),
            Optional.empty(),
            GeoRenderers.FLAT,
            CACHE_ENTRIES,
            new SimpleMeterRegistry());
    GeoFinder ours = fragments.newFinder().orElseThrow();
    database = fragments;
    finder =
        (text, from, to) -> {
          ours.find(text, from, to);
          return ours.place();
        };
  }

  private void openLibrary(Path file) throws IOException {
    DatabaseReader library = new DatabaseReader.Builder(file.toFile()).build();
    database = library;
    finder =
        (text, from, to) -> {
          String host = new String(text, from, to - from, StandardCharsets.US_ASCII);
          try {
            return Character.digit(host.charAt(0), 16) < 0
                    || Character.isLetter(host.charAt(host.length() - 1)) && host.indexOf(':') < 0
                ? ""
                : library.tryCity(InetAddress.getByName(host));
          } catch (IOException | GeoIp2Exception e) {
            throw new IllegalStateException(host, e);
          }
        };
  }

  @TearDown
  public void close() throws Exception {
    database.close();
  }

  /** Finds the place of the next line's host. */
  @Benchmark
  public Object host() {
    int line = next;
    next = line + 1 == lines.count() ? 0 : line + 1;
    lines.renew(line);
    int from = lines.from(line);
    int to = from;
    byte[] bytes = lines.bytes();
    while (bytes[to] != ' ') {
      to++;
    }
    return finder.find(bytes, from, to);
  }
}
