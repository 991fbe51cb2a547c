package dev.sluice.firehose.partition;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Keeps the number of partitions below a bound: a delivery stream refuses records once too many
 * partitions are active. Remembers the combinations of a window, and nothing longer. Not
 * thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/firehose/latest/dev/limits.html">Firehose quotas,
 *     active partitions</a>
 */
final class PartitionGuard {
  /** Value in the place of one that there was no room for. */
  static final String OTHER = "other";

  private final List<PartitionKey> keys;
  private final int maxPartitions;
  private final int maxOpen;
  private final Duration window;
  private final InstantSource clock;
  private final Set<List<String>> admitted = new HashSet<>();
  private Instant windowEnd = Instant.MIN;

  PartitionGuard(PartitionSettings settings, InstantSource clock) {
    keys = settings.keys();
    maxPartitions = settings.maxPartitions();
    // The rest is for combinations whose open values have become OTHER.
    maxOpen = maxPartitions - maxPartitions / 4;
    window = settings.window();
    this.clock = clock;
  }

  /** Looks at the time; once for every event. */
  void beginEvent() {
    Instant now = clock.instant();
    if (!now.isBefore(windowEnd)) {
      admitted.clear();
      windowEnd = now.plus(window);
    }
  }

  /**
   * Replaces values for which there is no room: first those of open keys, then all.
   *
   * @param values one for each key
   * @return whether anything was replaced
   */
  boolean bound(String[] values) {
    if (isAdmitted(values, maxOpen)) {
      return false;
    }
    for (int i = 0; i < values.length; i++) {
      if (keys.get(i).isOpen()) {
        values[i] = OTHER;
      }
    }
    if (!isAdmitted(values, maxPartitions - 1)) {
      Arrays.fill(values, OTHER); // the one that is always admitted
    }
    return true;
  }

  private boolean isAdmitted(String[] values, int bound) {
    List<String> combination = List.of(values);
    return admitted.contains(combination) || admitted.size() < bound && admitted.add(combination);
  }
}
