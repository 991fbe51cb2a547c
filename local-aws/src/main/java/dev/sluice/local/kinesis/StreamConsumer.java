package dev.sluice.local.kinesis;

import dev.sluice.local.ServiceError;
import java.util.HashMap;
import java.util.Map;

/**
 * A registered fan-out consumer of one stream and its newest subscription per shard. Thread-safe.
 */
final class StreamConsumer {
  private final String name;
  private final String arn;
  private final long creationMillis;

  /** At most one entry per shard of the stream. */
  private final Map<String, Subscription> newest = new HashMap<>();

  private boolean closed;

  StreamConsumer(String name, String arn, long creationMillis) {
    this.name = name;
    this.arn = arn;
    this.creationMillis = creationMillis;
  }

  String name() {
    return name;
  }

  String arn() {
    return arn;
  }

  long creationMillis() {
    return creationMillis;
  }

  /**
   * Makes this the consumer's subscription of the shard and ends the one before (AWS,
   * SubscribeToShard).
   *
   * @throws ServiceError ResourceInUseException when the one before is younger than the window
   */
  synchronized void subscribe(Subscription subscription, long windowMillis) {
    if (closed) {
      throw ServiceError.notFound("Consumer " + arn + " not found.");
    }
    String shardId = subscription.shard().id();
    Subscription before = newest.get(shardId);
    if (before != null) {
      if (subscription.startMillis() - before.startMillis() < windowMillis) {
        throw ServiceError.inUse(
            "Another active subscription exists for this consumer: " + arn + ", shard " + shardId);
      }
      before.end(Subscription.Ending.TAKEN_OVER);
    }
    newest.put(shardId, subscription);
  }

  /** Ends all subscriptions, because the consumer is gone. */
  synchronized void close() {
    closed = true;
    newest.values().forEach(subscription -> subscription.end(Subscription.Ending.CONSUMER_GONE));
  }

  /** Breaks all connections of this consumer's subscriptions, as a network would. */
  synchronized void drop() {
    newest.values().forEach(Subscription::drop);
  }

  /** Silences all subscriptions of this moment. */
  synchronized void stall() {
    newest.values().forEach(Subscription::stall);
  }
}
