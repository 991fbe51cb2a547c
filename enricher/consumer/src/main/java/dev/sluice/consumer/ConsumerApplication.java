package dev.sluice.consumer;

import dev.sluice.consumer.fanout.FanOutRuns;
import dev.sluice.consumer.kcl.ActiveShards;
import dev.sluice.consumer.kcl.KclWorker;
import dev.sluice.consumer.kcl.SchedulerBeats;
import dev.sluice.consumer.sinks.OpenSinks;
import dev.sluice.consumer.tiles.CommitLane;
import dev.sluice.consumer.tiles.ConsumerEvents;
import dev.sluice.consumer.tiles.ContinuesFrom;
import dev.sluice.consumer.tiles.DifferentLayoutException;
import dev.sluice.consumer.tiles.Failpoints;
import dev.sluice.consumer.tiles.ForeignObjectException;
import dev.sluice.consumer.tiles.ForgetfulStore;
import dev.sluice.consumer.tiles.Layout;
import dev.sluice.consumer.tiles.LayoutFile;
import dev.sluice.consumer.tiles.Pause;
import dev.sluice.consumer.tiles.RetryPolicy;
import dev.sluice.consumer.tiles.S3TileStore;
import dev.sluice.consumer.tiles.ShardAddress;
import dev.sluice.consumer.tiles.ShardContext;
import dev.sluice.consumer.tiles.ShardReader;
import dev.sluice.consumer.tiles.ShardRun;
import dev.sluice.consumer.tiles.StoreException;
import dev.sluice.consumer.tiles.TileStore;
import dev.sluice.enricher.BatchEnricher;
import dev.sluice.enricher.Enricher;
import dev.sluice.enricher.UnusableDatabaseException;
import dev.sluice.fanout.FanOutMode;
import dev.sluice.lookups.LookupEvents;
import dev.sluice.lookups.Lookups;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.kinesis.metrics.MetricsLevel;

/**
 * One consumer: KCL worker, enricher, tiles, metrics and health, from {@link #open} to {@link
 * #close}. Several may run in one process.
 */
public final class ConsumerApplication implements AutoCloseable {
  /** Everything is committed and released, or left to the next owner in order. */
  public static final int EXIT_OK = 0;

  /** Cannot start, gave up a shard, or KCL ended by itself. */
  public static final int EXIT_FAILED = 1;

  /** Wrong settings, a different layout among them. */
  public static final int EXIT_USAGE = 2;

  private static final Logger LOG = LoggerFactory.getLogger("dev.sluice.consumer");

  private final ConsumerSettings settings;
  private final InstantSource clock;
  private final ConsumerMeters meters;
  private final WorkerId workerId = WorkerId.create();
  private final WorkerThreads threads = new WorkerThreads();
  private final ActiveShards shards = new ActiveShards(threads.timer());
  private final RemoteFolder remote;
  private final Enricher enricher;
  private final Lookups lookups;
  private final DatabaseReloads databases;
  private final Failpoints failpoints;
  private final MeteredEvents metered;
  private final ConsumerEvents events;
  private final TileStore store;
  private final OpenSinks sinks;
  private final Layout layout;
  private final Optional<FanOutRuns> fanOut; // empty in mode enrich
  private final Instant streamCreation;
  private final WorkerLifecycle lifecycle;
  private final WorkerPanel panel;

  /** How to close what is open, the last first. */
  private final Deque<Runnable> opened;

  private ConsumerApplication(
      ConsumerSettings settings,
      AwsClients clients,
      ConsumerMeters meters,
      Failpoints failpoints,
      InstantSource clock,
      Deque<Runnable> opened) {
    this.settings = settings;
    this.meters = meters;
    this.opened = opened;
    this.clock = clock;
    this.failpoints = failpoints;
    metered = new MeteredEvents(meters.all());
    events = metered;
    store = store(clients, RetryPolicy.DEFAULT);
    streamCreation = new StartChecks(settings, clients).check();
    boolean writesLines = settings.fanOut().mode() == FanOutMode.ENRICH;
    layout =
        writesLines
            ? LayoutFile.agree(
                store(clients, RetryPolicy.START_UP),
                settings.applicationName(),
                settings.layout(clock.instant()))
            : settings.layout(clock.instant());
    remote = RemoteFolder.open(settings.databases(), clients::s3);
    opened.push(remote::close);
    enricher =
        Enricher.open(remote.in(settings.fanOut().enricher(settings.enricher())), meters.all());
    opened.push(enricher::close);
    fanOut = writesLines ? Optional.empty() : Optional.of(openFanOut(clients));
    fanOut.ifPresent(runs -> opened.push(runs::close));
    lookups = openLookups(clients, metered);
    sinks = openSinks(clients);
    opened.push(sinks::close);
    databases = new DatabaseReloads(enricher, remote.fetch(), meters.all(), clock);
    opened.push(databases::close);
    opened.push(threads::close);
    var beats = new SchedulerBeats(clock);
    lifecycle =
        new WorkerLifecycle(
            failWorker ->
                new KclWorker(
                    kclConfig(clients),
                    clients.kinesis(),
                    clients.dynamoDb(),
                    this::openRun,
                    shards,
                    beats,
                    events,
                    failWorker),
            shards,
            settings.shutdownGrace(),
            clock);
    panel = new WorkerPanel(settings, shards, beats, lifecycle, meters, events, clock);
    opened.push(panel::close);
  }

  private TileStore store(AwsClients clients, RetryPolicy retries) {
    return settings.sinks().hasS3()
        ? new S3TileStore(
            clients.s3(), settings.outputBucket(), retries, Pause.SLEEP, new Random(), events)
        : new ForgetfulStore();
  }

  /** Logs go to stderr, so that stdout has nothing but lines. */
  private OpenSinks openSinks(AwsClients clients) {
    return OpenSinks.open(
        settings.sinks(),
        clients.sinks(),
        new FileOutputStream(FileDescriptor.out),
        new Random(),
        events);
  }

  /** Without any source when nothing is looked up. */
  private Lookups openLookups(AwsClients clients, LookupEvents lookupEvents) {
    Lookups found =
        Lookups.open(
            settings.lookups(),
            clients.lookups(),
            enricher::newTextMask,
            lookupEvents,
            new Random());
    opened.push(found::close);
    found.bindTo(meters.all());
    checkReferenceTable(found);
    return found;
  }

  private void checkReferenceTable(Lookups found) {
    try {
      found.check(StartChecks.CALL_TIMEOUT);
    } catch (SdkServiceException refused) {
      throw CannotStartException.because(
          refused,
          "DynamoDB, reference table " + settings.lookups().table().orElseThrow(),
          "dynamodb:BatchGetItem");
    }
  }

  private FanOutRuns openFanOut(AwsClients clients) {
    return FanOutRuns.open(
        settings.fanOut(),
        settings.streamName(),
        settings.checkpointInterval(),
        settings.kclTimings() == ConsumerSettings.KclTimings.QUICK
            ? FanOutRuns.QUICK_OPENING_GRACE
            : FanOutRuns.OPENING_GRACE,
        clients.sns(),
        clients.counts(),
        clock,
        events);
  }

  private BatchEnricher newBatchEnricher() {
    return new BatchEnricher(
        settings.lookups().isOff()
            ? enricher.newLineEnricher()
            : enricher.newLineEnricher(lookups.newLineLookups()));
  }

  /**
   * Checks that everything needed can be used, and prepares the consumer; nothing is read yet.
   *
   * @param clients belong to the caller, and outlive the consumer
   * @param failpoints {@link Failpoints#NONE} outside of tests
   * @throws CannotStartException if something is missing
   * @throws DifferentLayoutException if the application writes with another layout already
   */
  public static ConsumerApplication open(
      ConsumerSettings settings, AwsClients clients, Failpoints failpoints, InstantSource clock) {
    var opened = new ArrayDeque<Runnable>();
    var meters = new ConsumerMeters(settings.operation(), clients.meters());
    opened.push(meters::close);
    try {
      return new ConsumerApplication(settings, clients, meters, failpoints, clock, opened);
    } catch (UnusableDatabaseException | StoreException | ForeignObjectException e) {
      closeAll(opened);
      throw new CannotStartException(e.getMessage(), e);
    } catch (RuntimeException e) {
      closeAll(opened);
      throw e;
    }
  }

  private static void closeAll(Deque<Runnable> opened) {
    while (!opened.isEmpty()) {
      opened.pop().run();
    }
  }

  private KclWorker.Config kclConfig(AwsClients clients) {
    return new KclWorker.Config(
        settings.streamName(),
        settings.applicationName(),
        workerId.toString(),
        layout.initialPosition(),
        settings.recordDelivery() == ConsumerSettings.RecordDelivery.FAN_OUT,
        settings.kclTimings() == ConsumerSettings.KclTimings.QUICK,
        settings.prepareLeases(),
        settings.maxLeases(),
        AwsClients.DYNAMODB_CALL_TIMEOUT,
        MetricsLevel.valueOf(settings.kclMetrics().name()),
        clients.cloudWatch());
  }

  private ShardReader openRun(String shardId, ContinuesFrom start) {
    return fanOut
        .map(
            runs ->
                runs.openRun(
                    shardId,
                    start,
                    new BatchEnricher(enricher.newLineEnricher()), // nothing decided is looked up
                    lifecycle::abandoned))
        .orElseGet(() -> openTileRun(shardId, start));
  }

  private ShardReader openTileRun(String shardId, ContinuesFrom start) {
    var context =
        new ShardContext(
            new ShardAddress(
                settings.applicationName(),
                settings.streamName(),
                streamCreation.toEpochMilli(),
                shardId),
            workerId.nextRunId(),
            layout,
            settings.tileLimits(),
            store,
            sinks.sinks(),
            new CommitLane(threads.commits()),
            newBatchEnricher(),
            clock,
            events,
            failpoints);
    return new ShardRun(
        context, start, settings.checkpointInterval(), Pause.SLEEP, lifecycle::abandoned);
  }

  /**
   * Reads the stream until {@link #stop()} or a failure. Blocks.
   *
   * @return {@link #EXIT_OK} or {@link #EXIT_FAILED}
   */
  public int run() {
    LOG.info(
        "worker {} reads stream {} as application {}, metrics and health on port {}",
        workerId,
        settings.streamName(),
        settings.applicationName(),
        panel.address().getPort());
    databases.start(settings.geoIpReloadInterval());
    panel.start(threads.watch());
    int exitCode = lifecycle.run();
    metered.logSummary(exitCode);
    // Here, because a process that a signal ends closes nothing.
    meters.sendLast();
    databases.close();
    remote.close();
    return exitCode;
  }

  /** Asks for a graceful stop and returns at once; {@link #run()} ends within the grace. */
  public void stop() {
    lifecycle.stop();
  }

  /** Subscribes to a shard anew, as the watch does with a silent one. */
  void resubscribe(String shardId) {
    lifecycle.restart(shardId);
  }

  /** Where {@code /metrics}, {@code /health} and {@code /ready} answer. */
  public InetSocketAddress httpAddress() {
    return panel.address();
  }

  /** All meters of this consumer. */
  public PrometheusMeterRegistry meters() {
    return meters.prometheus();
  }

  /** Stops what still runs, and frees everything but the clients. */
  @Override
  public void close() {
    lifecycle.stop();
    lifecycle.awaitEnd();
    closeAll(opened);
  }
}
