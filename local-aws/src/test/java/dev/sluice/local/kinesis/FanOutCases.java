package dev.sluice.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.StartingPosition;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardEvent;

/** Enhanced fan-out: consumers and subscriptions. */
interface FanOutCases {
  String FIRST = "shardId-000000000000";

  TestServer server();

  private ShardSubscription subscribe(
      String consumer, Consumer<StartingPosition.Builder> position) {
    return ShardSubscription.open(server().async(), consumer, FIRST, position);
  }

  @Test
  default void registersDescribesAndListsAConsumer() {
    String stream = server().newStream(1);
    String streamArn = server().arn(stream);

    String arn = server().newConsumer(stream);

    assertThat(arn).startsWith(streamArn + "/consumer/consumer-");
    var description =
        server()
            .kinesis()
            .describeStreamConsumer(request -> request.consumerARN(arn))
            .consumerDescription();
    assertThat(description.streamARN()).isEqualTo(streamArn);
    assertThat(
            server()
                .kinesis()
                .listStreamConsumers(request -> request.streamARN(streamArn))
                .consumers())
        .singleElement()
        .satisfies(consumer -> assertThat(consumer.consumerARN()).isEqualTo(arn));
    assertThatThrownBy(
            () ->
                server()
                    .kinesis()
                    .registerStreamConsumer(
                        request ->
                            request.streamARN(streamArn).consumerName(description.consumerName())))
        .isInstanceOf(ResourceInUseException.class);
  }

  @Test
  default void pagesThroughTheConsumers() {
    server().requires(TestServer.Feature.LIST_CONSUMERS_TOKEN);
    String stream = server().newStream(1);
    String streamArn = server().arn(stream);
    Set<String> registered =
        Set.of(
            server().newConsumer(stream),
            server().newConsumer(stream),
            server().newConsumer(stream));

    Set<String> found = new HashSet<>();
    server()
        .kinesis()
        .listStreamConsumersPaginator(request -> request.streamARN(streamArn).maxResults(2))
        .forEach(
            page -> {
              assertThat(page.consumers()).hasSizeBetween(1, 2);
              page.consumers().forEach(consumer -> found.add(consumer.consumerARN()));
            });

    assertThat(found).isEqualTo(registered);
  }

  @Test
  default void answersNotFoundForAConsumerThatIsNotRegistered() {
    String streamArn = server().arn(server().newStream(1));

    assertThatThrownBy(
            () ->
                server()
                    .kinesis()
                    .describeStreamConsumer(
                        request -> request.streamARN(streamArn).consumerName("nobody")))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  default void forgetsADeregisteredConsumer() {
    String stream = server().newStream(1);
    String arn = server().newConsumer(stream);

    server().kinesis().deregisterStreamConsumer(request -> request.consumerARN(arn));

    Eventually.holds(
        () ->
            server()
                .kinesis()
                .listStreamConsumers(request -> request.streamARN(server().arn(stream)))
                .consumers()
                .isEmpty());
  }

  @Test
  default void pushesOldAndNewRecordsInOrder() throws Exception {
    String stream = server().newStream(1);
    String consumer = server().newConsumer(stream);
    server().put(stream, "key", "a");
    server().put(stream, "key", "b");

    try (var subscription = subscribe(consumer, position -> position.type("TRIM_HORIZON"))) {
      assertThat(subscription.nextRecords(2)).containsExactly("a", "b");
      server().put(stream, "key", "c");
      assertThat(subscription.nextRecords(1)).containsExactly("c");
    }
  }

  @Test
  default void pushesFromASequenceNumberOn() throws Exception {
    String stream = server().newStream(1);
    server().put(stream, "key", "a");
    String second = server().put(stream, "key", "b").sequenceNumber();
    server().put(stream, "key", "c");

    try (var at =
        subscribe(
            server().newConsumer(stream),
            position -> position.type("AT_SEQUENCE_NUMBER").sequenceNumber(second))) {
      assertThat(at.nextRecords(2)).containsExactly("b", "c");
    }
    try (var after =
        subscribe(
            server().newConsumer(stream),
            position -> position.type("AFTER_SEQUENCE_NUMBER").sequenceNumber(second))) {
      assertThat(after.nextRecords(1)).containsExactly("c");
    }
  }

  @Test
  default void pushesFromATimestampOn() throws Exception {
    String stream = server().newStream(1);
    server().put(stream, "key", "a");

    try (var subscription =
        subscribe(
            server().newConsumer(stream),
            position -> position.type("AT_TIMESTAMP").timestamp(Instant.now().minusSeconds(60)))) {
      assertThat(subscription.nextRecords(1)).containsExactly("a");
    }
  }

  @Test
  default void pushesOnlyNewRecordsFromLatest() throws Exception {
    String stream = server().newStream(1);
    server().put(stream, "key", "old");

    try (var subscription =
        subscribe(server().newConsumer(stream), position -> position.type("LATEST"))) {
      assertThat(subscription.nextEvent().records()).isEmpty(); // it has begun
      server().put(stream, "key", "new");
      assertThat(subscription.nextRecords(1)).containsExactly("new");
    }
  }

  @Test
  default void continuesWhereAnEventSaysSo() throws Exception {
    String stream = server().newStream(1);
    server().put(stream, "key", "a");
    String continuation;
    try (var first =
        subscribe(server().newConsumer(stream), position -> position.type("TRIM_HORIZON"))) {
      SubscribeToShardEvent event = first.nextEvent();
      while (event.records().isEmpty()) {
        event = first.nextEvent();
      }
      assertThat(event.hasChildShards()).isFalse();
      continuation = event.continuationSequenceNumber();
    }
    server().put(stream, "key", "b");

    try (var second =
        subscribe(
            server().newConsumer(stream),
            position -> position.type("AFTER_SEQUENCE_NUMBER").sequenceNumber(continuation))) {
      assertThat(second.nextRecords(1)).containsExactly("b");
    }
  }

  @Test
  default void continuesOnAnEmptyShardToo() throws Exception {
    String stream = server().newStream(1);
    String continuation;
    try (var first =
        subscribe(server().newConsumer(stream), position -> position.type("TRIM_HORIZON"))) {
      continuation = first.nextEvent().continuationSequenceNumber();
    }
    assertThat(continuation).matches("[1-9][0-9]{55}");
    server().put(stream, "key", "a");

    try (var second =
        subscribe(
            server().newConsumer(stream),
            position -> position.type("AFTER_SEQUENCE_NUMBER").sequenceNumber(continuation))) {
      assertThat(second.nextRecords(1)).containsExactly("a");
    }
  }

  @Test
  default void refusesToSubscribeAgainAtOnce() throws Exception {
    String stream = server().newStream(1);
    String consumer = server().newConsumer(stream);
    server().put(stream, "key", "a");

    try (var first = subscribe(consumer, position -> position.type("TRIM_HORIZON"));
        var second = afterFirstRecord(first, consumer)) {
      assertThatThrownBy(() -> second.done().get(60, TimeUnit.SECONDS))
          .hasCauseInstanceOf(ResourceInUseException.class);
    }
  }

  private ShardSubscription afterFirstRecord(ShardSubscription first, String consumer)
      throws Exception {
    first.nextRecords(1);
    return subscribe(consumer, position -> position.type("TRIM_HORIZON"));
  }

  @Test
  default void refusesToSubscribeToAnUnknownShard() {
    server().requires(TestServer.Feature.UNKNOWN_SHARD_REFUSED);
    String consumer = server().newConsumer(server().newStream(1));

    try (var subscription =
        ShardSubscription.open(
            server().async(),
            consumer,
            "shardId-000000000099",
            position -> position.type("LATEST"))) {
      assertThatThrownBy(() -> subscription.done().get(60, TimeUnit.SECONDS))
          .hasCauseInstanceOf(KinesisException.class);
    }
  }
}
