package dev.sluice.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.StartingPosition;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardEvent;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardEventStream;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardResponseHandler;

/** One SubscribeToShard call of the SDK's async client, its events in a queue. */
final class ShardSubscription implements Subscriber<SubscribeToShardEventStream>, AutoCloseable {
  private static final int PATIENCE_SECONDS = 60;

  private final BlockingQueue<SubscribeToShardEvent> events = new LinkedBlockingQueue<>();
  private final CompletableFuture<Void> done;
  private volatile Subscription upstream;

  private ShardSubscription(
      KinesisAsyncClient kinesis, String consumerArn, String shardId, StartingPosition position) {
    done =
        kinesis.subscribeToShard(
            request -> request.consumerARN(consumerArn).shardId(shardId).startingPosition(position),
            SubscribeToShardResponseHandler.builder().subscriber(() -> this).build());
  }

  static ShardSubscription open(
      KinesisAsyncClient kinesis,
      String consumerArn,
      String shardId,
      Consumer<StartingPosition.Builder> position) {
    return new ShardSubscription(
        kinesis, consumerArn, shardId, StartingPosition.builder().applyMutation(position).build());
  }

  /** Completes when the server has ended the subscription. */
  CompletableFuture<Void> done() {
    return done;
  }

  SubscribeToShardEvent nextEvent() throws InterruptedException {
    SubscribeToShardEvent event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(event).as("an event within %s s", PATIENCE_SECONDS).isNotNull();
    return event;
  }

  /** Reads events until they have brought that many records. */
  List<String> nextRecords(int count) throws InterruptedException {
    List<String> records = new ArrayList<>();
    while (records.size() < count) {
      for (Record each : nextEvent().records()) {
        records.add(each.data().asUtf8String());
      }
    }
    return records;
  }

  /** Events that have come and were not read. */
  List<SubscribeToShardEvent> rest() {
    List<SubscribeToShardEvent> rest = new ArrayList<>();
    events.drainTo(rest);
    return rest;
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    upstream = subscription;
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(SubscribeToShardEventStream event) {
    event.accept(
        SubscribeToShardResponseHandler.Visitor.builder()
            .onSubscribeToShardEvent(events::add)
            .build());
  }

  @Override
  public void onError(Throwable error) {}

  @Override
  public void onComplete() {}

  @Override
  public void close() {
    Subscription subscription = upstream;
    if (subscription != null) {
      subscription.cancel();
    }
  }
}
