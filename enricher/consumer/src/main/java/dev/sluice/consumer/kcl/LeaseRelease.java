package dev.sluice.consumer.kcl;

import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.kinesis.leases.Lease;
import software.amazon.kinesis.leases.LeaseManagementConfig;
import software.amazon.kinesis.leases.LeaseRefresher;
import software.amazon.kinesis.leases.dynamodb.DynamoDBLeaseSerializer;

/**
 * Takes the name of a worker that has stopped out of its leases. KCL 2.7 leaves it there, so that
 * whoever starts next waits until they expire; a worker that starts takes a lease without owner at
 * once ({@code DynamoDBLeaseTaker.updateAllLeases}).
 */
final class LeaseRelease {
  private static final Logger LOG = LoggerFactory.getLogger("dev.sluice.consumer");

  private LeaseRelease() {}

  /**
   * Releases what the worker still owns. Each write is conditional on the owner, so a lease that
   * somebody else has taken meanwhile stays his. What fails, or finds no time, expires.
   *
   * @param mayGoOn asked before each lease
   */
  static void release(LeaseManagementConfig leases, String workerId, BooleanSupplier mayGoOn) {
    try {
      LeaseRefresher refresher =
          leases
              .leaseManagementFactory(new DynamoDBLeaseSerializer(), false)
              .createLeaseRefresher();
      for (Lease lease : refresher.listLeases()) {
        if (!mayGoOn.getAsBoolean()) {
          return;
        }
        if (workerId.equals(lease.leaseOwner())) {
          refresher.evictLease(lease);
        }
      }
    } catch (Exception e) {
      LOG.warn("leases are left to expire: {}", String.valueOf(e.getMessage()));
    }
  }
}
