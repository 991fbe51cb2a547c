package dev.sluice.consumer.kcl;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.kinesis.leases.ShardInfo;
import software.amazon.kinesis.leases.ShardPrioritization;

/**
 * Notices that KCL's loop goes round: each time, once its leases are prepared, it asks in which
 * order to look after its shards ({@code Scheduler.runProcessLoop}). KCL says nothing when the loop
 * stands still (KCL #328, #1430). Thread-safe.
 */
public final class SchedulerBeats implements ShardPrioritization {
  private final InstantSource clock;
  private volatile Instant first; // null until the loop runs
  private volatile Beat last;

  /**
   * One round of the loop.
   *
   * @param shards those whose leases this worker holds, also while they wait for their parents
   */
  public record Beat(Instant at, Set<String> shards) {}

  public SchedulerBeats(InstantSource clock) {
    this.clock = clock;
  }

  /** The order stays as it is. */
  @Override
  public List<ShardInfo> prioritize(List<ShardInfo> assigned) {
    Instant now = clock.instant();
    last =
        new Beat(
            now, assigned.stream().map(ShardInfo::shardId).collect(Collectors.toUnmodifiableSet()));
    if (first == null) {
      first = now;
    }
    return assigned;
  }

  /** When the loop went round for the first time: leases and shards are prepared. */
  public Optional<Instant> first() {
    return Optional.ofNullable(first);
  }

  /** The last round. */
  public Optional<Beat> last() {
    return Optional.ofNullable(last);
  }
}
