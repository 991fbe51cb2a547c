package dev.sluice.consumer.fanout;

import dev.sluice.consumer.tiles.ConsumerEvents;
import dev.sluice.consumer.tiles.ContinuesFrom;
import dev.sluice.consumer.tiles.Pause;
import dev.sluice.consumer.tiles.ShardReader;
import dev.sluice.enricher.BatchEnricher;
import dev.sluice.fanout.AlertDecider;
import dev.sluice.fanout.FanOutConfig;
import dev.sluice.fanout.FanOutMode;
import dev.sluice.fanout.MinuteCounter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.function.Supplier;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.sns.SnsClient;

/** Opens the runs of a worker in the modes alerts and metrics, with the client they send by. */
public final class FanOutRuns implements AutoCloseable {
  /** A look of KCL's at the leases, at its default pace, and some. */
  public static final Duration OPENING_GRACE = Duration.ofSeconds(30);

  /** The same where KCL looks more often. */
  public static final Duration QUICK_OPENING_GRACE = Duration.ofSeconds(5);

  private final String stream;
  private final Duration checkpointInterval;
  private final InstantSource clock;
  private final ConsumerEvents events;
  private final Supplier<ShardDecisions> open;
  private final AutoCloseable client;

  private FanOutRuns(
      String stream,
      Duration checkpointInterval,
      InstantSource clock,
      ConsumerEvents events,
      Supplier<ShardDecisions> open,
      AutoCloseable client) {
    this.stream = stream;
    this.checkpointInterval = checkpointInterval;
    this.clock = clock;
    this.events = events;
    this.open = open;
    this.client = client;
  }

  /**
   * Prepares the mode; nothing is sent yet.
   *
   * @param openingGrace how long alerts wait for further shards after one was opened
   * @param sns begins a client that belongs to the answer
   * @param cloudWatch begins a client that belongs to the answer
   */
  public static FanOutRuns open(
      FanOutConfig config,
      String stream,
      Duration checkpointInterval,
      Duration openingGrace,
      Supplier<SnsClient> sns,
      Supplier<CloudWatchClient> cloudWatch,
      InstantSource clock,
      ConsumerEvents events) {
    var calls = new BoundedCalls(BoundedCalls.RETRIES, Pause.SLEEP, new Random(), events);
    if (config.mode() == FanOutMode.ALERTS) {
      SnsClient client = sns.get();
      var desk =
          new AlertDesk(
              new AlertDecider<>(config.decisions(), clock, openingGrace),
              new SnsAlerts(client, config.topicArn(), stream, calls, events));
      return new FanOutRuns(stream, checkpointInterval, clock, events, desk::open, client);
    }
    CloudWatchClient client = cloudWatch.get();
    var minutes = new CloudWatchMinutes(client, config.namespace(), stream, calls, clock, events);
    return new FanOutRuns(
        stream,
        checkpointInterval,
        clock,
        events,
        () -> new ShardMinutes(new MinuteCounter<>(config.decisions(), clock), minutes),
        client);
  }

  /**
   * Opens a run.
   *
   * @param enricher used by this run only
   * @param stopWorker called once if the shard is given up; must not block
   */
  public ShardReader openRun(
      String shardId, ContinuesFrom start, BatchEnricher enricher, Runnable stopWorker) {
    return new FanOutRun(
        shardId,
        start,
        open.get(),
        new LineCounter(stream, enricher),
        checkpointInterval,
        clock,
        events,
        stopWorker);
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (Exception e) {
      throw new IllegalStateException("a client does not close", e);
    }
  }
}
