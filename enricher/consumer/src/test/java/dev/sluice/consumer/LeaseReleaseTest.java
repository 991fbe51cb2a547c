package dev.sluice.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.consumer.tiles.Failpoints;
import dev.sluice.local.EmbeddedAws;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A stop in order leaves leases that the next worker takes without waiting for their end. */
class LeaseReleaseTest {
  private static final String FOREIGN = "shardId-000000000001";

  private static List<Map<String, AttributeValue>> leases(LocalStream stream) {
    return stream.clients.dynamoDb().scan(r -> r.tableName(stream.application)).join().items();
  }

  /** Another worker's name, as if he had taken the lease a moment ago. */
  private static void giveAway(LocalStream stream, String shardId) {
    stream
        .clients
        .dynamoDb()
        .updateItem(
            r ->
                r.tableName(stream.application)
                    .key(Map.of("leaseKey", AttributeValue.fromS(shardId)))
                    .updateExpression("SET leaseOwner = :other ADD leaseCounter :one")
                    .expressionAttributeValues(
                        Map.of(
                            ":other", AttributeValue.fromS("another"),
                            ":one", AttributeValue.fromN("1"))))
        .join();
  }

  @Test
  void noLeaseKeepsTheNameOfAWorkerThatStoppedAndForeignOnesKeepTheirs() throws Exception {
    try (EmbeddedAws aws = EmbeddedAws.start();
        var stream = new LocalStream(aws, 2);
        ConsumerApplication consumer = stream.open(stream.settings(), Failpoints.NONE)) {
      stream.put(10);
      CompletableFuture<Integer> exit = LocalStream.start(consumer);
      stream.awaitAllIn();
      await()
          .atMost(LocalStream.PATIENCE)
          .until(
              () -> leases(stream).stream().filter(l -> l.containsKey("leaseOwner")).count() == 2);
      giveAway(stream, FOREIGN);
      consumer.stop();
      assertThat(exit.get(LocalStream.PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .isEqualTo(ConsumerApplication.EXIT_OK);
      assertThat(leases(stream))
          .hasSize(2)
          .allSatisfy(
              lease -> {
                assertThat(lease).containsKey("checkpoint");
                if (lease.get("leaseKey").s().equals(FOREIGN)) {
                  assertThat(lease.get("leaseOwner").s()).isEqualTo("another");
                } else {
                  assertThat(lease).doesNotContainKey("leaseOwner");
                }
              });
    }
  }
}
