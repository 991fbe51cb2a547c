package dev.sluice.local.kinesis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;

class StreamTailTest {

  private static void put(KinesisClient client, String text) {
    client.putRecord(
        put -> put.streamName("lines").partitionKey("k").data(SdkBytes.fromString(text, UTF_8)));
  }

  private static List<String> texts(List<StreamTail.Item> items) {
    return items.stream().map(item -> new String(item.data(), UTF_8)).toList();
  }

  @Test
  void readsEachRecordOnceFromNowOnAndChildrenAfterTheirParents() {
    try (var kinesis = KinesisEmulator.start();
        KinesisClient client = Clients.sync(kinesis.endpoint())) {
      client.createStream(create -> create.streamName("lines").shardCount(1));
      put(client, "before");
      StreamTail tail = kinesis.tail("lines");
      assertThat(tail.next(10)).isEmpty();
      put(client, "1");
      put(client, "2");
      String middle = BigInteger.TWO.pow(127).toString();
      client.splitShard(
          split ->
              split
                  .streamName("lines")
                  .shardToSplit("shardId-000000000000")
                  .newStartingHashKey(middle));
      put(client, "3");
      client.mergeShards(
          merge ->
              merge
                  .streamName("lines")
                  .shardToMerge("shardId-000000000001")
                  .adjacentShardToMerge("shardId-000000000002"));
      put(client, "4");
      var read = new ArrayList<StreamTail.Item>();
      for (List<StreamTail.Item> next = tail.next(1); !next.isEmpty(); next = tail.next(1)) {
        read.addAll(next);
      }
      assertThat(texts(read)).containsExactly("1", "2", "3", "4");
      assertThat(read.get(0).shardId()).isEqualTo("shardId-000000000000");
      assertThat(read.get(3).shardId()).isEqualTo("shardId-000000000003");
      put(client, "5");
      assertThat(texts(tail.next(10))).containsExactly("5");
      assertThat(tail.streamArn()).endsWith(":stream/lines");
    }
  }

  @Test
  void anUnknownStreamIsNamed() {
    try (var kinesis = KinesisEmulator.start()) {
      assertThatThrownBy(() -> kinesis.tail("none"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("none");
    }
  }
}
