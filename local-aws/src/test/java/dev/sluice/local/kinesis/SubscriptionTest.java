package dev.sluice.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardEvent;

/** How subscriptions begin, stay alive and end. */
class SubscriptionTest {
  private static final String SHARD = "shardId-000000000000";

  private KinesisEmulator emulator;
  private TestServer server;
  private String stream;
  private String consumer;

  private void start(UnaryOperator<KinesisEmulatorOptions> options) {
    emulator = KinesisEmulator.start(options.apply(KinesisEmulatorOptions.defaults()));
    server = new TestServer("the emulator", emulator.endpoint(), emulator::close, Set.of());
    stream = server.newStream(1);
    consumer = server.newConsumer(stream);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private ShardSubscription subscribe() {
    return ShardSubscription.open(
        server.async(), consumer, SHARD, position -> position.type("TRIM_HORIZON"));
  }

  private static void assertEndsBy(
      ShardSubscription subscription, Class<? extends Throwable> cause) {
    assertThatThrownBy(() -> subscription.done().get(60, TimeUnit.SECONDS))
        .hasCauseInstanceOf(cause);
  }

  @Test
  void sendsEmptyEventsWhileNothingHappens() throws Exception {
    start(options -> options.withHeartbeatInterval(Duration.ofMillis(50)));

    try (var subscription = subscribe()) {
      for (int i = 0; i < 4; i++) {
        SubscribeToShardEvent event = subscription.nextEvent();
        assertThat(event.records()).isEmpty();
        assertThat(event.millisBehindLatest()).isZero();
        assertThat(event.continuationSequenceNumber()).matches("[1-9][0-9]{55}");
        assertThat(event.childShards()).isEmpty();
      }
    }
  }

  @Test
  void endsCleanlyWhenItsTimeIsOver() throws Exception {
    start(options -> options.withSubscriptionDuration(Duration.ofMillis(300)));

    try (var subscription = subscribe()) {
      subscription.done().get(60, TimeUnit.SECONDS);

      assertThat(subscription.rest())
          .isNotEmpty()
          .allSatisfy(event -> assertThat(event.continuationSequenceNumber()).isNotNull());
    }
  }

  @Test
  void endsAfterFiveMinutesOfItsClock() throws Exception {
    var clock = new ManualClock();
    start(options -> options.withHeartbeatInterval(Duration.ofMillis(50)).withClock(clock));

    try (var subscription = subscribe()) {
      subscription.nextEvent();
      clock.advance(Duration.ofMinutes(5).minusMillis(1));
      server.put(stream, "key", "shortly before");
      assertThat(subscription.nextRecords(1)).containsExactly("shortly before");
      assertThat(subscription.done()).isNotDone();
      clock.advance(Duration.ofMillis(1));
      subscription.done().get(60, TimeUnit.SECONDS);
      assertThat(subscription.rest())
          .allSatisfy(event -> assertThat(event.continuationSequenceNumber()).isNotNull());
    }
  }

  @Test
  void givesWayToALaterSubscriptionOfTheSameConsumer() throws Exception {
    start(options -> options.withResubscribeWindow(Duration.ZERO));

    try (var first = subscribe()) {
      first.nextEvent();
      try (var second = subscribe()) {
        assertEndsBy(first, ResourceInUseException.class);
        server.put(stream, "key", "for the second");
        assertThat(second.nextRecords(1)).containsExactly("for the second");
      }
    }
  }

  @Test
  void endsWhenItsStreamIsDeleted() throws Exception {
    start(options -> options);

    try (var subscription = subscribe()) {
      subscription.nextEvent();
      server.deleteStream(stream);
      assertEndsBy(subscription, ResourceNotFoundException.class);
    }
  }

  @Test
  void breaksOnDemandAndCanBeOpenedAgain() throws Exception {
    start(options -> options.withResubscribeWindow(Duration.ZERO));

    try (var first = subscribe()) {
      first.nextEvent();
      emulator.dropSubscriptions();
      // the SDK takes the reset of its stream for an end in some versions, for an error in others
      Eventually.holds(first.done()::isDone);
    }
    server.put(stream, "key", "after the break");
    try (var second = subscribe()) {
      assertThat(second.nextRecords(1)).containsExactly("after the break");
    }
  }

  @Test
  void fallsSilentOnDemandUntilAnotherTakesOver() throws Exception {
    start(options -> options.withResubscribeWindow(Duration.ZERO));

    try (var first = subscribe()) {
      first.nextEvent();
      emulator.stallSubscriptions();
      server.put(stream, "key", "unheard");
      try (var second = subscribe()) {
        assertThat(second.nextRecords(1)).containsExactly("unheard");
      }
      assertEndsBy(first, ResourceInUseException.class);
      assertThat(first.rest()).allSatisfy(event -> assertThat(event.records()).isEmpty());
    }
  }

  @Test
  void putsAtMostAThousandRecordsIntoAnEvent() throws Exception {
    start(options -> options.withShardLimits(false));
    new RecordLoad(server.async(), stream, 10).put(0, 2_500);

    try (var subscription = subscribe()) {
      int records = 0;
      while (records < 2_500) {
        List<?> batch = subscription.nextEvent().records();
        assertThat(batch).hasSizeLessThanOrEqualTo(1_000);
        records += batch.size();
      }
      assertThat(records).isEqualTo(2_500);
    }
  }

  @Test
  void carriesRecordsOfTheLargestSize() throws Exception {
    start(options -> options.withShardLimits(false));
    for (int i = 0; i < 5; i++) {
      server.put(stream, "k", "x".repeat(1024 * 1024 - 1));
    }

    try (var subscription = subscribe()) {
      assertThat(subscription.nextRecords(5))
          .allSatisfy(data -> assertThat(data).hasSize(1024 * 1024 - 1));
    }
  }
}
