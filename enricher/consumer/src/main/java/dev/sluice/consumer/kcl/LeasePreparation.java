package dev.sluice.consumer.kcl;

import java.time.Duration;
import software.amazon.kinesis.common.StreamConfig;
import software.amazon.kinesis.leases.HierarchicalShardSyncer;
import software.amazon.kinesis.leases.LeaseManagementConfig;
import software.amazon.kinesis.leases.LeaseManagementFactory;
import software.amazon.kinesis.leases.LeaseRefresher;
import software.amazon.kinesis.leases.dynamodb.DynamoDBLeaseSerializer;
import software.amazon.kinesis.metrics.NullMetricsScope;

/**
 * Creates the lease table and the first leases as KCL would, but at once: on an empty table KCL
 * waits a random time of up to 30 s first (Scheduler.shouldInitiateLeaseSync).
 */
final class LeasePreparation {
  /** Longest wait for a new table to become active. */
  static final Duration MAX_TABLE_WAIT = Duration.ofMinutes(2);

  private LeasePreparation() {}

  /** Does nothing if there are leases already. */
  static void prepare(LeaseManagementConfig leases, StreamConfig stream) throws Exception {
    LeaseManagementFactory factory =
        leases.leaseManagementFactory(new DynamoDBLeaseSerializer(), false);
    LeaseRefresher refresher = factory.createLeaseRefresher();
    refresher.createLeaseTableIfNotExists();
    if (!refresher.waitUntilLeaseTableExists(1, MAX_TABLE_WAIT.toSeconds())) {
      throw new IllegalStateException(
          "lease table " + leases.tableName() + " is not active after " + MAX_TABLE_WAIT);
    }
    if (refresher.isLeaseTableEmpty()) {
      new HierarchicalShardSyncer()
          .checkAndCreateLeaseForNewShards(
              factory.createShardDetector(stream),
              refresher,
              stream.initialPositionInStreamExtended(),
              new NullMetricsScope(),
              leases.ignoreUnexpectedChildShards(),
              true);
    }
  }
}
