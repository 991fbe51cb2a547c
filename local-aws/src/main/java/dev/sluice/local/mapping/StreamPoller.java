package dev.sluice.local.mapping;

import dev.sluice.local.mapping.ShardedStream.StreamShard;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * All shards of a stream. A shard is read when everything of its parents is done; the shards that
 * are found first begin at the mapping's starting position, later ones at their start.
 */
final class StreamPoller implements Poller {

  /** How often shards are looked for while none ends. */
  private static final Duration SHARD_LIST_INTERVAL = Duration.ofSeconds(10);

  private final ShardedStream stream;
  private final StreamMappingOptions options;
  private final MappedFunction function;
  private final MappingListener listener;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Map<String, ShardPoller> shards = new LinkedHashMap<>();
  private final Map<String, List<String>> parents = new LinkedHashMap<>();
  private final Set<String> finished = new HashSet<>();
  private long listAt; // epoch milliseconds

  StreamPoller(
      ShardedStream stream,
      StreamMappingOptions options,
      MappedFunction function,
      MappingListener listener,
      InstantSource clock,
      RandomGenerator random) {
    this.stream = stream;
    this.options = options;
    this.function = function;
    this.listener = listener;
    this.clock = clock;
    this.random = random;
    list(options.startingPosition()); // LATEST is now
  }

  private void list(StartingPosition from) {
    List<StreamShard> found = stream.shards();
    for (StreamShard shard : found) {
      if (!shards.containsKey(shard.id()) && !finished.contains(shard.id())) {
        ShardReader reader = stream.open(shard.id(), from);
        shards.put(
            shard.id(),
            new ShardPoller(
                shard.id(), reader, stream, options, function, listener, clock, random));
        parents.put(shard.id(), shard.parents());
      }
    }
    // What the stream has forgotten will not come back, so this does not grow for ever.
    finished.retainAll(found.stream().map(StreamShard::id).collect(Collectors.toSet()));
    listAt = clock.millis() + SHARD_LIST_INTERVAL.toMillis();
  }

  @Override
  public boolean poll() {
    if (clock.millis() >= listAt) {
      list(StartingPosition.TRIM_HORIZON);
    }
    boolean busy = false;
    RuntimeException failure = null;
    for (Map.Entry<String, ShardPoller> shard : new ArrayList<>(shards.entrySet())) {
      if (parents.get(shard.getKey()).stream().anyMatch(shards::containsKey)) {
        continue;
      }
      try {
        busy |= shard.getValue().poll();
      } catch (RuntimeException later) { // the other shards do not wait for it
        failure = later;
      }
      if (shard.getValue().isFinished()) {
        shards.remove(shard.getKey());
        parents.remove(shard.getKey());
        finished.add(shard.getKey());
        listAt = clock.millis(); // its children are there
        busy = true;
      }
    }
    if (failure != null) {
      throw failure;
    }
    return busy;
  }
}
