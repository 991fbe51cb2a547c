package dev.sluice.cli.demo;

import dev.sluice.consumer.ConsumerApplication;
import dev.sluice.consumer.ConsumerSettings;
import dev.sluice.consumer.tiles.Failpoints;
import dev.sluice.enricher.Settings;
import io.micrometer.core.instrument.Counter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** The consumer of the demo, running in a thread of its own. */
final class DemoConsumer implements AutoCloseable {

  static final String APPLICATION = "sluice-demo";
  static final String OUTPUT_PREFIX = "enriched";

  private final ConsumerApplication application;
  private final CompletableFuture<Integer> exitCode;

  private DemoConsumer(ConsumerApplication application) {
    this.application = application;
    Executor ownThread =
        run -> {
          var thread = new Thread(run, "demo-consumer");
          thread.setDaemon(true);
          thread.start();
        };
    exitCode = CompletableFuture.supplyAsync(application::run, ownThread);
  }

  static DemoConsumer start(DemoStack stack, Path geoip) {
    return new DemoConsumer(
        ConsumerApplication.open(
            settings(geoip), stack.clients(), Failpoints.NONE, Clock.systemUTC()));
  }

  /** Short waits, so that a demo does not look like a pause; the rest as in production. */
  private static ConsumerSettings settings(Path geoip) {
    var values = new HashMap<String, String>();
    values.put("STREAM_NAME", DemoStack.STREAM);
    values.put("APPLICATION_NAME", APPLICATION);
    values.put("OUTPUT_BUCKET", DemoStack.BUCKET);
    values.put("OUTPUT_PREFIX", OUTPUT_PREFIX);
    values.put("GEOIP_CITY_DATABASE", geoip.toString());
    values.put("MAX_TILE_AGE", "2s");
    values.put("CHECKPOINT_INTERVAL", "1s");
    values.put("KCL_TIMINGS", "quick");
    values.put("PREPARE_LEASES", "true");
    values.put("S3_PATH_STYLE", "true");
    return ConsumerSettings.from(new Settings(Map.copyOf(values)::get));
  }

  /** Lines whose outcome is in S3: counted after the commit of their tile. */
  long committedLines() {
    double lines = 0;
    for (String name : new String[] {"EnrichedLines", "DroppedLines", "RejectedLines"}) {
      for (Counter counter : application.meters().find(name).counters()) {
        lines += counter.count();
      }
    }
    return (long) lines;
  }

  boolean isRunning() {
    return !exitCode.isDone();
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
