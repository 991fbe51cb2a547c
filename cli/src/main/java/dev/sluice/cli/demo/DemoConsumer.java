package dev.sluice.cli.demo;

import dev.sluice.consumer.ConsumerApplication;
import dev.sluice.consumer.ConsumerSettings;
import dev.sluice.consumer.tiles.Failpoints;
import dev.sluice.enricher.Settings;
import io.micrometer.core.instrument.Counter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** A consumer of the demo, running in a thread of its own. */
final class DemoConsumer implements AutoCloseable {

  /** Gauge that each shard has while it is read. */
  private static final String SHARD_GAUGE = "OldestUncommittedAgeMillis{";

  private final ConsumerApplication application;
  private final CompletableFuture<Integer> exitCode;

  private DemoConsumer(ConsumerApplication application, String name) {
    this.application = application;
    Executor ownThread =
        run -> {
          var thread = new Thread(run, name);
          thread.setDaemon(true);
          thread.start();
        };
    exitCode = CompletableFuture.supplyAsync(application::run, ownThread);
  }

  /**
   * Starts a consumer with short waits, so that a demo does not look like a pause; the rest as in
   * production.
   *
   * @param settings its own, APPLICATION_NAME among them
   */
  static DemoConsumer start(DemoStack stack, Map<String, String> settings) {
    var values = new HashMap<String, String>();
    values.put("MAX_TILE_AGE", "2s");
    values.put("CHECKPOINT_INTERVAL", "1s");
    values.put("KCL_TIMINGS", "quick");
    values.put("PREPARE_LEASES", "true");
    values.put("S3_PATH_STYLE", "true");
    values.putAll(settings);
    return new DemoConsumer(
        ConsumerApplication.open(
            ConsumerSettings.from(new Settings(values::get)),
            stack.clients(),
            Failpoints.NONE,
            Clock.systemUTC()),
        settings.get("APPLICATION_NAME"));
  }

  /** Lines that have their outcome: those in S3 are counted after the commit of their tile. */
  long countedLines() {
    return count("EnrichedLines", "") + count("DroppedLines", "") + count("RejectedLines", "");
  }

  /**
   * Value of a counter.
   *
   * @param tag value that one of its tags has to have; empty adds up all
   */
  long count(String name, String tag) {
    double sum = 0;
    for (Counter counter : application.meters().find(name).counters()) {
      if (tag.isEmpty()
          || counter.getId().getTags().stream().anyMatch(each -> each.getValue().equals(tag))) {
        sum += counter.count();
      }
    }
    return (long) sum;
  }

  /** Shards that it reads at the moment, as its metrics say. */
  long openShards() {
    try (var answer = url().resolve("/metrics").toURL().openStream()) {
      return new String(answer.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith(SHARD_GAUGE))
          .count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where its metrics are. */
  URI url() {
    InetSocketAddress address = application.httpAddress();
    return URI.create("http://" + address.getHostString() + ':' + address.getPort());
  }

  boolean isRunning() {
    return !exitCode.isDone();
  }

  /** Asks for a graceful stop and returns at once. */
  void requestStop() {
    application.stop();
  }

  /** Stops gracefully and tells the exit code. */
  int stop() {
    application.stop();
    try {
      return exitCode.join();
    } catch (CompletionException bug) {
      throw new IllegalStateException("the consumer broke", bug.getCause());
    }
  }

  @Override
  public void close() {
    application.close();
  }
}
