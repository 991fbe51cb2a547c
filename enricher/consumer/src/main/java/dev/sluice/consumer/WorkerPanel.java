package dev.sluice.consumer;

import dev.sluice.consumer.kcl.ActiveShards;
import dev.sluice.consumer.kcl.SchedulerBeats;
import dev.sluice.consumer.tiles.ConsumerEvents;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Everything that looks at a worker from outside: the watch, and what is told over HTTP. */
final class WorkerPanel implements AutoCloseable {
  private static final Duration MAX_WATCH_PERIOD = Duration.ofSeconds(5);

  /** Looks within the time of a stall. */
  private static final int LOOKS = 10;

  private final WorkerLifecycle lifecycle;
  private final Duration watchPeriod;
  private final StallWatch stalls;
  private final HttpEndpoints http;

  /**
   * Begins to answer over HTTP.
   *
   * @throws CannotStartException if the address cannot be listened on
   */
  WorkerPanel(
      ConsumerSettings settings,
      ActiveShards shards,
      SchedulerBeats beats,
      WorkerLifecycle lifecycle,
      ConsumerMeters meters,
      ConsumerEvents events,
      InstantSource clock) {
    this.lifecycle = lifecycle;
    Duration stallTimeout = settings.operation().stallTimeout();
    Duration share = stallTimeout.dividedBy(LOOKS);
    watchPeriod = share.compareTo(MAX_WATCH_PERIOD) < 0 ? share : MAX_WATCH_PERIOD;
    stalls =
        new StallWatch(shards, beats, stallTimeout, new WorkerActions(lifecycle), events, clock);
    var gauges = new ShardGauges(meters.all(), shards, clock);
    var health =
        new ConsumerHealth(
            shards,
            () -> lifecycle.isAlive() && stalls.isLoopAlive(),
            stalls::isStalled,
            settings.healthMaxUncommittedAge(),
            clock);
    var readiness = new ConsumerReadiness(shards, beats, lifecycle::isRunning, clock);
    http =
        HttpEndpoints.open(
            settings.httpHost(),
            settings.httpPort(),
            () -> {
              gauges.refresh();
              return meters.prometheus().scrape();
            },
            health::report,
            readiness::report);
  }

  /** Starts the watch. */
  void start(ScheduledExecutorService timer) {
    long periodMillis = watchPeriod.toMillis();
    timer.scheduleWithFixedDelay(this::look, periodMillis, periodMillis, TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      stalls.look();
    } catch (RuntimeException | Error broken) { // thrown on, it would end the watch unseen
      lifecycle.workerFailed(broken);
    }
  }

  InetSocketAddress address() {
    return http.address();
  }

  @Override
  public void close() {
    http.close();
  }
}
