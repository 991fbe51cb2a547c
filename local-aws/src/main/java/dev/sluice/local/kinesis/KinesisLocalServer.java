package dev.sluice.local.kinesis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The second stream server for tests: npm {@code kinesis-local}
 * (github.com/etspaceman/kinesis-mock) as a child process on free ports of this machine. What runs
 * against it and against {@link KinesisEmulator} does not depend on our own reading of the API.
 * Known of version 0.6.2: SubscribeToShard never ends a closed shard, and it becomes slow beyond
 * about 20,000 records.
 */
public final class KinesisLocalServer implements AutoCloseable {
  /** Environment variable: the folder in which {@code npm install kinesis-local@0.6.2} was run. */
  public static final String HOME_VARIABLE = "KINESIS_LOCAL_HOME";

  /** Why a test is skipped where the variable is not set. */
  public static final String NOT_INSTALLED = "kinesis-local is not installed: set " + HOME_VARIABLE;

  private static final Path PACKAGE = Path.of("node_modules", "kinesis-local");
  private static final Duration START_MAX = Duration.ofSeconds(60);
  private static final Duration STOP_MAX = Duration.ofSeconds(5);
  private static final Duration ATTEMPT_MAX = Duration.ofSeconds(2);
  private static final int ATTEMPT_PAUSE_MILLIS = 100;

  private final Process process;
  private final Path log;
  private final URI endpoint;

  private KinesisLocalServer(Process process, Path log, URI endpoint) {
    this.process = process;
    this.log = log;
    this.endpoint = endpoint;
    // a JVM that ends without close() leaves no server behind
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "kinesis-local-stop"));
  }

  /** The installation that the environment names; empty when the variable is not set. */
  public static Optional<Path> home(Map<String, String> environment) {
    return Optional.ofNullable(environment.get(HOME_VARIABLE))
        .filter(home -> !home.isBlank())
        .map(Path::of);
  }

  /**
   * Starts the server and waits until it answers, at most a minute.
   *
   * @param home where {@code npm install} was run
   * @throws UncheckedIOException when Node or the package is missing
   * @throws IllegalStateException when it ends or does not answer; the message holds what it
   *     printed
   */
  public static KinesisLocalServer start(Path home) {
    Path folder = home.resolve(PACKAGE).toAbsolutePath();
    try {
      Path log = Files.createTempFile("kinesis-local", ".log");
      int port = freePort();
      var builder = new ProcessBuilder("node", folder.resolve("main.js").toString());
      builder.directory(folder.toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
      builder.environment().putAll(environment(folder, port));
      var server =
          new KinesisLocalServer(builder.start(), log, URI.create("http://127.0.0.1:" + port));
      server.awaitAnswer();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "kinesis-local in " + home + " can not be started: " + e.getMessage(), e);
    }
  }

  /** Its endpoint without TLS. */
  public URI endpoint() {
    return endpoint;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
      Files.deleteIfExists(log);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> environment(Path folder, int port) throws IOException {
    return Map.of(
        "KINESIS_MOCK_PLAIN_PORT", Integer.toString(port),
        "KINESIS_MOCK_TLS_PORT", Integer.toString(freePort()),
        "KINESIS_MOCK_CERT_PATH", folder.resolve("server.json").toString(),
        "SHARD_LIMIT", "500",
        "LOG_LEVEL", "ERROR");
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitAnswer() throws IOException {
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ATTEMPT_MAX)
            .build();
    long deadline = System.nanoTime() + START_MAX.toNanos();
    try {
      while (!answers(client)) {
        // waiting for its end is the pause between two attempts
        if (process.waitFor(ATTEMPT_PAUSE_MILLIS, TimeUnit.MILLISECONDS)
            || System.nanoTime() > deadline) {
          String printed = Files.readString(log);
          close();
          throw new IllegalStateException("kinesis-local does not answer. It printed: " + printed);
        }
      }
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while kinesis-local was starting", e);
    }
  }

  private boolean answers(HttpClient client) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint)
            .timeout(ATTEMPT_MAX)
            .header("Content-Type", "application/x-amz-json-1.1")
            .header("X-Amz-Target", "Kinesis_20131202.ListStreams")
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    try {
      client.send(request, HttpResponse.BodyHandlers.discarding());
      return true;
    } catch (IOException e) {
      return false; // not yet
    }
  }
}
