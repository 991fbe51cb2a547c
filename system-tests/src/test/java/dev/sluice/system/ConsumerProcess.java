package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A consumer in a process of its own. */
final class ConsumerProcess implements AutoCloseable {
  private static final Pattern OPENED = Pattern.compile("shardId-\\d+: opened");
  private static final Pattern STARTED =
      Pattern.compile("worker (\\S+) reads stream .* health on port (\\d+)");
  private static final Pattern RETRIED = Pattern.compile("(\\S+) failed, trying again");
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration ANSWER_MAX = Duration.ofSeconds(30);
  private static final int OK = 200;

  private final ChildProcess process;
  private final Path arming;

  /**
   * @param arming file that arms its failpoint
   */
  ConsumerProcess(ChildProcess process, Path arming) {
    this.process = process;
    this.arming = arming;
  }

  /** Waits until it has taken over so many shards. */
  void awaitShards(int shards) {
    process.await(shards + " shards taken over", () -> shardsOpened() >= shards);
  }

  /** How many shards it has opened so far; one that it opened again counts again. */
  long shardsOpened() {
    return OPENED.matcher(process.err()).results().count();
  }

  /** Arms the failpoint that it was started with. */
  void arm() {
    try {
      Files.writeString(arming, "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void awaitFailpoint() {
    process.await("the failpoint reached", () -> process.out().contains(ArmedConsumer.REACHED));
  }

  /** Waits for something while the consumer runs. */
  void await(String what, BooleanSupplier condition) {
    process.await(what, condition);
  }

  /** Lets it run for a moment. */
  void letRun(Duration moment) {
    process.letRun(moment);
  }

  /** Waits until it reads the stream; false if it has ended instead. */
  boolean awaitStart() {
    return process.awaitUnlessEnded("the worker started", this::isStarted);
  }

  private boolean isStarted() {
    return STARTED.matcher(process.err()).find();
  }

  /** As the lease table names it. */
  String workerId() {
    return started().group(1);
  }

  private MatchResult started() {
    process.await("the worker started", this::isStarted);
    Matcher started = STARTED.matcher(process.err());
    assertThat(started.find()).isTrue();
    return started.toMatchResult();
  }

  /** Whether {@code /health} is good. */
  boolean isHealthy() {
    return get("/health").statusCode() == OK;
  }

  /** The largest value of a meter at {@code /metrics}, 0 where it is not there. */
  double metric(String name) {
    return get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + '{') || line.startsWith(name + ' '))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .max()
        .orElse(0);
  }

  private HttpResponse<String> get(String path) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + started().group(2) + path))
            .timeout(ANSWER_MAX)
            .build();
    try {
      return HTTP.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How often calls of a sink were made again so far. */
  long retries() {
    return RETRIED.matcher(process.err()).results().count();
  }

  long pid() {
    return process.pid();
  }

  /** kill -9. */
  void kill() {
    process.kill();
  }

  /** SIGSTOP. */
  void freeze() {
    process.freeze();
  }

  /** SIGCONT. */
  void thaw() {
    process.thaw();
  }

  /** SIGTERM, without waiting for the end. */
  void terminate() {
    process.terminate();
  }

  /** SIGTERM, then waits for the end. */
  int stop() {
    process.terminate();
    return process.exitCode();
  }

  /** Waits until it ends by itself. */
  int awaitEnd() {
    return process.exitCode();
  }

  /** What it has logged so far. */
  String log() {
    return process.err();
  }

  /** Everything it printed. */
  String printed() {
    return process.printed();
  }

  @Override
  public void close() {
    process.close();
  }
}
