package dev.sluice.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.model.Shard;

/**
 * Splits and merges while records stream in and a fan-out reader follows: nothing is lost, nothing
 * comes twice.
 */
class ReshardUnderLoadTest {
  private static final int RECORDS = 40_000;
  private static final int SPLITS = 5;
  private static final int MERGES = 3;

  @Test
  void losesAndDoublesNothing() throws Exception {
    var emulator = KinesisEmulator.start(KinesisEmulatorOptions.defaults().withShardLimits(false));
    try (var server =
        new TestServer("the emulator", emulator.endpoint(), emulator::close, Set.of())) {
      String stream = server.newStream(2);
      try (var reader = new FanOutReader(server.async(), server.newConsumer(stream))) {
        server.shards(stream).forEach(shard -> reader.follow(shard.shardId()));
        CompletableFuture<Void> load = startLoad(server, stream);
        for (int i = 1; i <= SPLITS + MERGES; i++) {
          int soFar = i * RECORDS / (SPLITS + MERGES + 1);
          Eventually.holds(() -> reader.count() >= soFar);
          reshard(server, stream, i > SPLITS);
        }
        load.join();
        Eventually.holds(() -> reader.count() >= RECORDS);
        Eventually.holds(() -> reader.endedShards().size() == SPLITS + 2 * MERGES);

        // Sorted: an assertion in any order looks for each of them in all of them.
        List<Integer> keys =
            reader.shards().stream()
                .flatMap(shard -> reader.keys(shard).stream())
                .map(Integer::valueOf)
                .sorted()
                .toList();
        assertThat(keys).isEqualTo(IntStream.range(0, RECORDS).boxed().toList());
        assertThat(reader.problems()).isEmpty();
        assertThat(reader.shards()).hasSize(2 + 2 * SPLITS + MERGES);
      }
    }
  }

  private static CompletableFuture<Void> startLoad(TestServer server, String stream) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            new RecordLoad(server.async(), stream, 100).put(0, RECORDS);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  /** Splits the last open shard in the middle, or merges the first two open neighbours. */
  private static void reshard(TestServer server, String stream, boolean merge) {
    List<Shard> open = new ArrayList<>(server.openShards(stream));
    open.sort(Comparator.comparing(ReshardUnderLoadTest::start));
    if (merge) {
      String lower = open.get(0).shardId();
      String upper = open.get(1).shardId();
      server
          .kinesis()
          .mergeShards(
              request ->
                  request.streamName(stream).shardToMerge(lower).adjacentShardToMerge(upper));
    } else {
      Shard last = open.get(open.size() - 1);
      BigInteger middle =
          start(last).add(new BigInteger(last.hashKeyRange().endingHashKey())).shiftRight(1);
      server
          .kinesis()
          .splitShard(
              request ->
                  request
                      .streamName(stream)
                      .shardToSplit(last.shardId())
                      .newStartingHashKey(middle.toString()));
    }
  }

  private static BigInteger start(Shard shard) {
    return new BigInteger(shard.hashKeyRange().startingHashKey());
  }
}
