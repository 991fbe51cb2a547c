package dev.sluice.firehose.partition;

import dev.sluice.enricher.Settings;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How records are filed.
 *
 * @param keys in the order in which they are written; none, no dynamic partitioning
 * @param zone in which date and hour are told
 * @param maxPartitions most combinations of values within a window
 * @param window time after which combinations are forgotten: how long Firehose may keep a partition
 *     active, its buffer interval
 */
public record PartitionSettings(
    List<PartitionKey> keys, ZoneId zone, int maxPartitions, Duration window) {
  /**
   * A fifth of the 500 partitions that a delivery stream has by default: several functions run at
   * once, each with a guard of its own.
   */
  public static final int DEFAULT_MAX_PARTITIONS = 100;

  public static final Duration DEFAULT_WINDOW = Duration.ofMinutes(5);

  private static final int MIN_PARTITIONS = 4;
  private static final int MAX_PARTITIONS_LIMIT = 5_000;

  public PartitionSettings {
    keys = List.copyOf(keys);
  }

  /** Reads the keys; problems stay in {@code settings}. */
  public static PartitionSettings from(Settings settings) {
    return new PartitionSettings(
        keys(settings),
        settings.zone("PARTITION_ZONE", ZoneOffset.UTC).normalized(),
        settings.intBetween(
            "MAX_PARTITIONS", DEFAULT_MAX_PARTITIONS, MIN_PARTITIONS, MAX_PARTITIONS_LIMIT),
        settings.duration("PARTITION_WINDOW", DEFAULT_WINDOW));
  }

  private static List<PartitionKey> keys(Settings settings) {
    Set<PartitionKey> seen = EnumSet.noneOf(PartitionKey.class);
    var keys = new ArrayList<PartitionKey>();
    String names = settings.text("PARTITION_KEYS", "");
    for (String name : names.isEmpty() ? new String[0] : names.split(",", -1)) {
      PartitionKey key = find(name.strip());
      if (key == null) {
        settings.problem(
            "PARTITION_KEYS",
            "has \"" + name.strip() + "\", expected country, date, hour, status_class, page");
      } else if (seen.add(key)) {
        keys.add(key);
      } else {
        settings.problem("PARTITION_KEYS", "has " + key.key() + " twice");
      }
    }
    return keys;
  }

  private static PartitionKey find(String name) {
    return Stream.of(PartitionKey.values())
        .filter(key -> key.key().equals(name))
        .findFirst()
        .orElse(null);
  }
}
