package dev.sluice.consumer.kcl;

import dev.sluice.consumer.tiles.ConsumerEvents;
import dev.sluice.consumer.tiles.ContinuesFrom;
import dev.sluice.consumer.tiles.InitialPosition;
import dev.sluice.consumer.tiles.ShardReader;
import java.time.Duration;
import java.util.Date;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.kinesis.checkpoint.CheckpointConfig;
import software.amazon.kinesis.common.InitialPositionInStream;
import software.amazon.kinesis.common.InitialPositionInStreamExtended;
import software.amazon.kinesis.common.StreamConfig;
import software.amazon.kinesis.common.StreamIdentifier;
import software.amazon.kinesis.coordinator.CoordinatorConfig;
import software.amazon.kinesis.coordinator.Scheduler;
import software.amazon.kinesis.coordinator.WorkerStateChangeListener;
import software.amazon.kinesis.leases.LeaseManagementConfig;
import software.amazon.kinesis.lifecycle.LifecycleConfig;
import software.amazon.kinesis.metrics.MetricsConfig;
import software.amazon.kinesis.metrics.MetricsLevel;
import software.amazon.kinesis.metrics.NullMetricsFactory;
import software.amazon.kinesis.processor.ProcessorConfig;
import software.amazon.kinesis.processor.ShardRecordProcessor;
import software.amazon.kinesis.processor.ShardRecordProcessorFactory;
import software.amazon.kinesis.processor.SingleStreamTracker;
import software.amazon.kinesis.retrieval.RetrievalConfig;
import software.amazon.kinesis.retrieval.RetrievalSpecificConfig;
import software.amazon.kinesis.retrieval.fanout.FanOutConfig;
import software.amazon.kinesis.retrieval.polling.PollingConfig;

/** KCL's scheduler for one stream, with every setting that differs from KCL's default. */
public final class KclWorker {
  private static final Duration QUICK_PARENT_SHARD_POLL = Duration.ofMillis(500);
  private static final Duration QUICK_DISPATCH_POLL = Duration.ofMillis(200);
  private static final Duration QUICK_SHARD_SYNC = Duration.ofSeconds(1);
  private static final Duration QUICK_FAILOVER = Duration.ofSeconds(3);
  private static final Duration QUICK_IDLE_BETWEEN_READS = Duration.ofMillis(300);

  /**
   * What a worker is told.
   *
   * @param applicationName lease table, fan-out consumer, metrics namespace
   * @param workerId unique among all workers that ever ran
   * @param initialPosition for shards without a checkpoint; LATEST has become a timestamp
   * @param requestTimeout of one call to the lease table
   * @param quick short waits instead of KCL's defaults
   * @param metrics KCL's own metrics, if there is a client for them
   */
  public record Config(
      String streamName,
      String applicationName,
      String workerId,
      InitialPosition initialPosition,
      boolean fanOut,
      boolean quick,
      boolean prepareLeases,
      int maxLeases,
      Duration requestTimeout,
      MetricsLevel metricsLevel,
      Optional<CloudWatchAsyncClient> metrics) {}

  private final Config config;
  private final KinesisAsyncClient kinesis;
  private final DynamoDbAsyncClient dynamoDb;
  private final StreamConfig stream;
  private final LeaseManagementConfig leases;
  private final Scheduler scheduler;
  private volatile boolean shutdownStarted;

  /**
   * @param openRun from a shard id and its checkpoint
   * @param beats hears of each round of KCL's loop
   * @param failWorker takes what keeps the whole worker from going on; must not block
   */
  public KclWorker(
      Config config,
      KinesisAsyncClient kinesis,
      DynamoDbAsyncClient dynamoDb,
      BiFunction<String, ContinuesFrom, ShardReader> openRun,
      ActiveShards shards,
      SchedulerBeats beats,
      ConsumerEvents events,
      Consumer<Throwable> failWorker) {
    this.config = config;
    this.kinesis = kinesis;
    this.dynamoDb = dynamoDb;
    stream =
        new StreamConfig(
            StreamIdentifier.singleStreamInstance(config.streamName()), initialPosition());
    leases = leaseManagement();
    var skipped = new SkippedBatches(shards::abandon, events);
    scheduler =
        new Scheduler(
            new CheckpointConfig(),
            coordinator(beats, failWorker),
            leases,
            new LifecycleConfig()
                .taskExecutionListener(skipped.listener())
                .aggregatorUtil(skipped.deaggregation(config.metrics().isPresent())),
            metrics(),
            new ProcessorConfig(
                    new Factory(
                        () -> new EnrichingShardProcessor(openRun, shards, skipped, failWorker)))
                .callProcessRecordsEvenForEmptyRecordList(true), // lag and progress while idle
            retrieval());
  }

  private InitialPositionInStreamExtended initialPosition() {
    return config
        .initialPosition()
        .timestamp()
        .map(t -> InitialPositionInStreamExtended.newInitialPositionAtTimestamp(Date.from(t)))
        .orElseGet(
            () ->
                InitialPositionInStreamExtended.newInitialPosition(
                    InitialPositionInStream.TRIM_HORIZON));
  }

  private LeaseManagementConfig leaseManagement() {
    var management =
        new LeaseManagementConfig(config.applicationName(), dynamoDb, kinesis, config.workerId())
            .initialPositionInStream(initialPosition())
            .maxLeasesForWorker(config.maxLeases())
            .dynamoDbRequestTimeout(config.requestTimeout());
    if (config.quick()) {
      management
          .failoverTimeMillis(QUICK_FAILOVER.toMillis())
          .shardSyncIntervalMillis(QUICK_SHARD_SYNC.toMillis())
          .listShardsBackoffTimeInMillis(QUICK_DISPATCH_POLL.toMillis());
    }
    return management;
  }

  private CoordinatorConfig coordinator(SchedulerBeats beats, Consumer<Throwable> failWorker) {
    var coordinator =
        new CoordinatorConfig(config.applicationName())
            .coordinatorFactory(new TileEndCheckpoints())
            .shardPrioritization(beats)
            .workerStateChangeListener(listener(failWorker));
    if (config.quick()) {
      coordinator
          .parentShardPollIntervalMillis(QUICK_PARENT_SHARD_POLL.toMillis())
          .shardConsumerDispatchPollIntervalMillis(QUICK_DISPATCH_POLL.toMillis());
    }
    return coordinator;
  }

  private WorkerStateChangeListener listener(Consumer<Throwable> failWorker) {
    return new WorkerStateChangeListener() {
      @Override
      public void onWorkerStateChange(WorkerState newState) {
        if (newState == WorkerState.SHUT_DOWN_STARTED) {
          shutdownStarted = true;
        }
      }

      @Override
      public void onAllInitializationAttemptsFailed(Throwable cause) {
        failWorker.accept(cause);
      }
    };
  }

  private MetricsConfig metrics() {
    var metrics =
        new MetricsConfig(config.metrics().orElse(null), config.applicationName())
            .metricsLevel(config.metricsLevel());
    if (config.metrics().isEmpty()) {
      metrics.metricsFactory(new NullMetricsFactory());
    }
    return metrics;
  }

  private RetrievalConfig retrieval() {
    return new RetrievalConfig(
            kinesis,
            new SingleStreamTracker(stream.streamIdentifier(), stream),
            config.applicationName())
        .retrievalSpecificConfig(config.fanOut() ? fanOut() : polling());
  }

  private RetrievalSpecificConfig fanOut() {
    var fanOut =
        new FanOutConfig(kinesis)
            .streamName(config.streamName())
            .applicationName(config.applicationName());
    if (config.quick()) {
      fanOut.retryBackoffMillis(QUICK_DISPATCH_POLL.toMillis());
    }
    return fanOut;
  }

  private RetrievalSpecificConfig polling() {
    var polling = new PollingConfig(config.streamName(), kinesis);
    if (config.quick()) {
      polling.idleTimeBetweenReadsInMillis(QUICK_IDLE_BETWEEN_READS.toMillis());
    }
    return polling;
  }

  /**
   * Reads until it is shut down. Blocks.
   *
   * @throws Exception if the leases cannot be prepared
   */
  public void run() throws Exception {
    if (config.prepareLeases()) {
      LeasePreparation.prepare(leases, stream);
    }
    scheduler.run();
  }

  /**
   * Ends the consumers of a shard as if its lease were lost. KCL keeps the lease, finds the shard
   * without a consumer in its next round and builds one, with a subscription from the checkpoint
   * ({@code Scheduler.createOrGetShardConsumer}). May block.
   */
  public void restart(String shardId) {
    scheduler
        .shardInfoShardConsumerMap()
        .forEach(
            (shard, consumer) -> {
              if (shard.shardId().equals(shardId) && !consumer.isShutdown()) {
                consumer.leaseLost();
              }
            });
  }

  /**
   * Lets others have the leases at once. To be called when {@link #run()} is through.
   *
   * @param mayGoOn asked before each lease; what is left expires
   */
  public void releaseLeases(BooleanSupplier mayGoOn) {
    LeaseRelease.release(leases, config.workerId(), mayGoOn);
  }

  /**
   * Lets every shard commit and checkpoint before its lease is released. After a reshard the answer
   * never completes: KCL waits for consumers that are at SHARD_END already.
   */
  public CompletableFuture<Boolean> startGracefulShutdown() {
    return scheduler.startGracefulShutdown();
  }

  /** True once KCL releases its leases, by {@link #shutdown()} or by a graceful shutdown. */
  public boolean isShutdownStarted() {
    return shutdownStarted;
  }

  /** Releases all leases; the shards are told that they are lost. May block while KCL starts. */
  public void shutdown() {
    if (!shutdownStarted) {
      scheduler.shutdown();
    }
  }

  /** Makes one processor for each lease of a shard. */
  private record Factory(Supplier<ShardRecordProcessor> newProcessor)
      implements ShardRecordProcessorFactory {
    @Override
    public ShardRecordProcessor shardRecordProcessor() {
      return newProcessor.get();
    }
  }
}
