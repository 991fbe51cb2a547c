package dev.sluice.jmh.consumer;

import dev.sluice.consumer.AwsClients;
import dev.sluice.consumer.ConsumerSettings;
import dev.sluice.enricher.Settings;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.kinesis.common.ConfigsBuilder;
import software.amazon.kinesis.common.InitialPositionInStream;
import software.amazon.kinesis.common.InitialPositionInStreamExtended;
import software.amazon.kinesis.common.StreamConfig;
import software.amazon.kinesis.common.StreamIdentifier;
import software.amazon.kinesis.coordinator.CoordinatorConfig;
import software.amazon.kinesis.coordinator.Scheduler;
import software.amazon.kinesis.leases.HierarchicalShardSyncer;
import software.amazon.kinesis.leases.LeaseManagementConfig;
import software.amazon.kinesis.leases.LeaseManagementFactory;
import software.amazon.kinesis.leases.LeaseRefresher;
import software.amazon.kinesis.leases.dynamodb.DynamoDBLeaseSerializer;
import software.amazon.kinesis.metrics.MetricsConfig;
import software.amazon.kinesis.metrics.NullMetricsFactory;
import software.amazon.kinesis.metrics.NullMetricsScope;
import software.amazon.kinesis.processor.ProcessorConfig;
import software.amazon.kinesis.processor.SingleStreamTracker;
import software.amazon.kinesis.retrieval.RetrievalConfig;
import software.amazon.kinesis.retrieval.fanout.FanOutConfig;

/**
 * The neighbour of the consumer: a KCL application that gzips raw records into S3, with the
 * consumer's own clients, limits and KCL timings, by the same settings. It enriches nothing.
 */
public final class RawConsumer {
  private static final InitialPositionInStreamExtended OLDEST =
      InitialPositionInStreamExtended.newInitialPosition(InitialPositionInStream.TRIM_HORIZON);
  private static final Duration MAX_TABLE_WAIT = Duration.ofMinutes(2);

  /** The consumer's SHUTDOWN_GRACE. */
  private static final Duration MAX_STOP = Duration.ofSeconds(15);

  // The consumer's KCL_TIMINGS=quick.
  private static final long PARENT_SHARD_POLL_MILLIS = 500;
  private static final long DISPATCH_POLL_MILLIS = 200;
  private static final long SHARD_SYNC_MILLIS = 1_000;
  private static final long FAILOVER_MILLIS = 3_000;

  private RawConsumer() {}

  /** Settings come from the environment; a signal ends the process with exit code 0. */
  public static void main(String[] args) throws Exception {
    var settings = ConsumerSettings.from(new Settings(System::getenv));
    try (AwsClients clients = AwsClients.open(settings);
        CloudWatchAsyncClient cloudWatch = CloudWatchAsyncClient.create()) {
      var stream =
          new StreamConfig(StreamIdentifier.singleStreamInstance(settings.streamName()), OLDEST);
      var configs =
          new ConfigsBuilder(
              new SingleStreamTracker(stream.streamIdentifier(), stream),
              settings.applicationName(),
              clients.kinesis(),
              clients.dynamoDb(),
              cloudWatch,
              UUID.randomUUID().toString(),
              () -> new RawShardProcessor(clients.s3(), settings.outputBucket(), limits(settings)));
      LeaseManagementConfig leases = leases(configs);
      prepare(leases, stream);
      Scheduler scheduler = scheduler(configs, leases, settings);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(scheduler), "raw-signal"));
      scheduler.run();
      Thread.currentThread().join(); // the hook ends the process
    }
  }

  private static RawShardProcessor.Limits limits(ConsumerSettings settings) {
    return new RawShardProcessor.Limits(
        settings.tileLimits().maxBytes(),
        settings.tileLimits().maxRecords(),
        settings.tileLimits().maxAge());
  }

  private static LeaseManagementConfig leases(ConfigsBuilder configs) {
    LeaseManagementConfig leases = configs.leaseManagementConfig();
    leases
        .initialPositionInStream(OLDEST)
        .dynamoDbRequestTimeout(AwsClients.DYNAMODB_CALL_TIMEOUT)
        .failoverTimeMillis(FAILOVER_MILLIS)
        .shardSyncIntervalMillis(SHARD_SYNC_MILLIS)
        .listShardsBackoffTimeInMillis(DISPATCH_POLL_MILLIS);
    return leases;
  }

  /** As KCL does after a random wait of up to 30 s, but at once, like PREPARE_LEASES. */
  private static void prepare(LeaseManagementConfig leases, StreamConfig stream) throws Exception {
    LeaseManagementFactory factory =
        leases.leaseManagementFactory(new DynamoDBLeaseSerializer(), false);
    LeaseRefresher refresher = factory.createLeaseRefresher();
    refresher.createLeaseTableIfNotExists();
    if (!refresher.waitUntilLeaseTableExists(1, MAX_TABLE_WAIT.toSeconds())) {
      throw new IllegalStateException("the lease table does not become active");
    }
    new HierarchicalShardSyncer()
        .checkAndCreateLeaseForNewShards(
            factory.createShardDetector(stream),
            refresher,
            OLDEST,
            new NullMetricsScope(),
            leases.ignoreUnexpectedChildShards(),
            true);
  }

  private static Scheduler scheduler(
      ConfigsBuilder configs, LeaseManagementConfig leases, ConsumerSettings settings) {
    CoordinatorConfig coordinator = configs.coordinatorConfig();
    coordinator
        .parentShardPollIntervalMillis(PARENT_SHARD_POLL_MILLIS)
        .shardConsumerDispatchPollIntervalMillis(DISPATCH_POLL_MILLIS);
    MetricsConfig metrics = configs.metricsConfig();
    metrics.metricsFactory(new NullMetricsFactory());
    ProcessorConfig processor = configs.processorConfig();
    processor.callProcessRecordsEvenForEmptyRecordList(true); // for the age of an object
    RetrievalConfig retrieval = configs.retrievalConfig();
    retrieval.retrievalSpecificConfig(
        new FanOutConfig(configs.kinesisClient())
            .streamName(settings.streamName())
            .applicationName(settings.applicationName())
            .retryBackoffMillis(DISPATCH_POLL_MILLIS));
    return new Scheduler(
        configs.checkpointConfig(),
        coordinator,
        leases,
        configs.lifecycleConfig(),
        metrics,
        processor,
        retrieval);
  }

  private static void stop(Scheduler scheduler) {
    int exitCode = 1;
    try {
      boolean clean =
          scheduler.startGracefulShutdown().get(MAX_STOP.toMillis(), TimeUnit.MILLISECONDS);
      exitCode = clean ? 0 : 1;
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      System.err.println("raw consumer: no clean stop, " + e);
    }
    Runtime.getRuntime().halt(exitCode);
  }
}
