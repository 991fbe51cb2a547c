package dev.sluice.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.model.ChildShard;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.HashKeyRange;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.LimitExceededException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.ScalingType;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardFilterType;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardEvent;

/** Split and merge, and what readers see of them. */
interface ReshardCases {
  String PARENT = "shardId-000000000000";
  String MIDDLE = BigInteger.ONE.shiftLeft(127).toString();

  TestServer server();

  private void split(String stream, String shardId, String at) {
    server()
        .kinesis()
        .splitShard(
            request -> request.streamName(stream).shardToSplit(shardId).newStartingHashKey(at));
    server().awaitActive(stream);
  }

  private void merge(String stream, String shardId, String adjacentId) {
    server()
        .kinesis()
        .mergeShards(
            request ->
                request.streamName(stream).shardToMerge(shardId).adjacentShardToMerge(adjacentId));
    server().awaitActive(stream);
  }

  private GetRecordsResponse readToTheEnd(String stream, String shardId) {
    String iterator =
        server()
            .kinesis()
            .getShardIterator(
                request ->
                    request.streamName(stream).shardId(shardId).shardIteratorType("TRIM_HORIZON"))
            .shardIterator();
    GetRecordsResponse response =
        server().kinesis().getRecords(request -> request.shardIterator(iterator));
    if (response.nextShardIterator() != null && !response.records().isEmpty()) {
      String next = response.nextShardIterator();
      return server().kinesis().getRecords(request -> request.shardIterator(next));
    }
    return response;
  }

  @Test
  default void splitsAShardInTwo() {
    String stream = server().newStream(1);

    split(stream, PARENT, MIDDLE);

    List<Shard> shards = server().shards(stream);
    assertThat(shards).hasSize(3);
    assertThat(shards.subList(1, 3))
        .allSatisfy(child -> assertThat(child.parentShardId()).isEqualTo(PARENT));
    assertThat(shards.get(1).hashKeyRange().startingHashKey()).isEqualTo("0");
    assertThat(shards.get(2).hashKeyRange().startingHashKey()).isEqualTo(MIDDLE);
    assertThat(shards.get(2).hashKeyRange().endingHashKey())
        .isEqualTo(shards.get(0).hashKeyRange().endingHashKey());
    server().requires(TestServer.Feature.ENDING_SEQUENCE_NUMBER);
    assertThat(shards.get(0).sequenceNumberRange().endingSequenceNumber())
        .matches("[1-9][0-9]{55}");
  }

  @Test
  default void mergesTwoNeighbours() {
    String stream = server().newStream(2);

    merge(stream, PARENT, "shardId-000000000001");

    assertThat(server().openShards(stream))
        .singleElement()
        .satisfies(child -> assertThat(child.parentShardId()).isEqualTo(PARENT))
        .satisfies(
            child -> assertThat(child.adjacentParentShardId()).isEqualTo("shardId-000000000001"))
        .satisfies(child -> assertThat(child.hashKeyRange().startingHashKey()).isEqualTo("0"));
  }

  @Test
  default void refusesWhatCanNotBeSplitOrMerged() {
    String stream = server().newStream(3);

    refused(() -> split(stream, "shardId-000000000099", MIDDLE));
    refused(() -> merge(stream, PARENT, "shardId-000000000002"));
    merge(stream, PARENT, "shardId-000000000001");
    refused(() -> split(stream, PARENT, "5000"));
  }

  @Test
  default void refusesToSplitAShardAtItsOwnStart() {
    server().requires(TestServer.Feature.SPLIT_AT_START_REFUSED);
    String stream = server().newStream(1);

    refused(() -> split(stream, PARENT, "0"));
  }

  private static void refused(Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            KinesisException.class, e -> assertThat(e.statusCode()).isEqualTo(400));
  }

  @Test
  default void routesToTheChildrenAfterASplit() {
    String stream = server().newStream(1);
    split(stream, PARENT, MIDDLE);

    for (int i = 0; i < 10; i++) {
      assertThat(server().put(stream, "key-" + i, "data").shardId()).isNotEqualTo(PARENT);
    }
  }

  @Test
  default void endsAClosedShardForPollingReaders() {
    String stream = server().newStream(1);
    server().put(stream, "key", "last");
    split(stream, PARENT, MIDDLE);

    GetRecordsResponse last = readToTheEnd(stream, PARENT);

    assertThat(last.nextShardIterator()).isNull();
    assertThat(last.childShards())
        .extracting(ChildShard::shardId)
        .containsExactly("shardId-000000000001", "shardId-000000000002");
  }

  @Test
  default void endsAClosedShardForSubscribers() throws Exception {
    server().requires(TestServer.Feature.END_OF_SHARD);
    String stream = server().newStream(1);
    String consumer = server().newConsumer(stream);
    server().put(stream, "key", "last");

    try (var subscription =
        ShardSubscription.open(
            server().async(), consumer, PARENT, position -> position.type("TRIM_HORIZON"))) {
      assertThat(subscription.nextRecords(1)).containsExactly("last");
      split(stream, PARENT, MIDDLE);
      subscription.done().get(60, TimeUnit.SECONDS);

      List<SubscribeToShardEvent> rest = subscription.rest();
      SubscribeToShardEvent end = rest.get(rest.size() - 1);
      assertThat(end.continuationSequenceNumber()).isNull();
      assertThat(end.childShards())
          .hasSize(2)
          .allSatisfy(child -> assertThat(child.parentShards()).containsExactly(PARENT));
      assertThat(rest.subList(0, rest.size() - 1))
          .allSatisfy(event -> assertThat(event.continuationSequenceNumber()).isNotNull())
          .allSatisfy(event -> assertThat(event.childShards()).isEmpty());
    }
  }

  @Test
  default void endsBothParentsOfAMergeWithTheSameChild() throws Exception {
    server().requires(TestServer.Feature.END_OF_SHARD);
    String stream = server().newStream(2);
    String consumer = server().newConsumer(stream);
    merge(stream, PARENT, "shardId-000000000001");

    for (String parent : List.of(PARENT, "shardId-000000000001")) {
      try (var subscription =
          ShardSubscription.open(
              server().async(), consumer, parent, position -> position.type("TRIM_HORIZON"))) {
        SubscribeToShardEvent end = subscription.nextEvent();
        subscription.done().get(60, TimeUnit.SECONDS);
        assertThat(end.continuationSequenceNumber()).isNull();
        assertThat(end.childShards())
            .singleElement()
            .satisfies(child -> assertThat(child.shardId()).isEqualTo("shardId-000000000002"))
            .satisfies(
                child ->
                    assertThat(child.parentShards())
                        .containsExactlyInAnyOrder(PARENT, "shardId-000000000001"));
      }
    }
  }

  private List<HashKeyRange> rescale(String stream, int target) {
    var response =
        server()
            .kinesis()
            .updateShardCount(
                request ->
                    request
                        .streamName(stream)
                        .targetShardCount(target)
                        .scalingType(ScalingType.UNIFORM_SCALING));
    assertThat(response.streamName()).isEqualTo(stream);
    assertThat(response.targetShardCount()).isEqualTo(target);
    server().awaitActive(stream);
    return server().openShards(stream).stream()
        .map(Shard::hashKeyRange)
        .sorted(Comparator.comparing(range -> new BigInteger(range.startingHashKey())))
        .toList();
  }

  private static void assertEqualTiles(List<HashKeyRange> ranges, int count) {
    assertThat(ranges).hasSize(count);
    BigInteger width = BigInteger.ONE.shiftLeft(128).divide(BigInteger.valueOf(count));
    BigInteger next = BigInteger.ZERO;
    for (HashKeyRange range : ranges) {
      assertThat(range.startingHashKey()).isEqualTo(next.toString());
      BigInteger end = new BigInteger(range.endingHashKey());
      assertThat(end.subtract(next).subtract(width).abs())
          .isLessThanOrEqualTo(BigInteger.valueOf(count));
      next = end.add(BigInteger.ONE);
    }
    assertThat(next).isEqualTo(BigInteger.ONE.shiftLeft(128));
  }

  @Test
  default void doublesAndHalvesTheShards() {
    String stream = server().newStream(2);

    assertEqualTiles(rescale(stream, 4), 4);
    assertThat(server().shards(stream)).hasSize(6); // two splits, nothing on the way
    assertEqualTiles(rescale(stream, 2), 2);
    assertThat(server().shards(stream)).hasSize(8);
  }

  @Test
  default void scalesToAnyNumberFromHalfToDouble() {
    server().requires(TestServer.Feature.UNIFORM_SCALING);
    String stream = server().newStream(3);

    for (int target : new int[] {5, 7, 4, 4, 2, 1}) {
      assertEqualTiles(rescale(stream, target), target);
    }
  }

  @Test
  default void keepsEveryRecordThroughScaling() {
    String stream = server().newStream(2);
    var put = new ArrayList<String>();
    for (int target : new int[] {3, 2, 4}) {
      for (int i = 0; i < 20; i++) {
        put.add(target + "-" + i);
        server().put(stream, "key-" + i, target + "-" + i);
      }
      rescale(stream, target);
    }

    var read = new ArrayList<String>();
    for (Shard shard : server().shards(stream)) {
      String iterator =
          server()
              .kinesis()
              .getShardIterator(
                  request ->
                      request
                          .streamName(stream)
                          .shardId(shard.shardId())
                          .shardIteratorType("TRIM_HORIZON"))
              .shardIterator();
      server()
          .kinesis()
          .getRecords(request -> request.shardIterator(iterator))
          .records()
          .forEach(record -> read.add(record.data().asUtf8String()));
    }
    assertThat(read).containsExactlyInAnyOrderElementsOf(put);
  }

  @Test
  default void refusesToScaleBeyondDoubleOrBelowHalf() {
    server().requires(TestServer.Feature.SCALING_LIMITS);
    String stream = server().newStream(5);

    assertThatThrownBy(() -> rescale(stream, 11))
        .isInstanceOf(LimitExceededException.class)
        .hasMessageContaining("over double your current open shard count")
        .hasMessageContaining("Current open shard count: 5, Target shard count: 11");
    assertThatThrownBy(() -> rescale(stream, 2))
        .isInstanceOf(LimitExceededException.class)
        .hasMessageContaining("below half your current open shard count");
    assertThatThrownBy(() -> rescale("nowhere", 2)).isInstanceOf(ResourceNotFoundException.class);
    refused(() -> rescale(stream, 0));
    assertThat(server().openShards(stream)).hasSize(5);
  }

  @Test
  default void filtersTheShards() {
    String stream = server().newStream(1);
    split(stream, PARENT, MIDDLE);

    assertThat(filtered(stream, ShardFilterType.AT_LATEST))
        .containsExactly("shardId-000000000001", "shardId-000000000002");
    assertThat(filtered(stream, ShardFilterType.FROM_TRIM_HORIZON))
        .containsExactly(PARENT, "shardId-000000000001", "shardId-000000000002");
    server().requires(TestServer.Feature.OPEN_AT_TRIM_HORIZON);
    assertThat(filtered(stream, ShardFilterType.AT_TRIM_HORIZON)).containsExactly(PARENT);
  }

  private List<String> filtered(String stream, ShardFilterType type) {
    return server()
        .kinesis()
        .listShards(request -> request.streamName(stream).shardFilter(filter -> filter.type(type)))
        .shards()
        .stream()
        .map(Shard::shardId)
        .toList();
  }
}
