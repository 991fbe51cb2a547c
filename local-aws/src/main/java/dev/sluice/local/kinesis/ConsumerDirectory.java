package dev.sluice.local.kinesis;

import dev.sluice.local.ServiceError;
import java.util.Optional;

/** Finds consumers by ARN, or by stream and name, and keeps their ARNs distinct. Thread-safe. */
final class ConsumerDirectory {
  private static final String CONSUMER = "/consumer/";
  private static final int MILLIS_PER_SECOND = 1_000;

  record Entry(KinesisStream stream, StreamConsumer consumer) {}

  private final StreamStore store;
  private long lastCreationSecond;

  ConsumerDirectory(StreamStore store) {
    this.store = store;
  }

  /** An ARN ends with the creation time in seconds: each registration gets a second of its own. */
  synchronized StreamConsumer register(KinesisStream stream, String name) {
    if (stream.consumers().containsKey(name)) {
      throw ServiceError.inUse(
          "Consumer "
              + name
              + " under stream "
              + stream.name()
              + " already exists for account "
              + store.options().accountId()
              + ".");
    }
    if (stream.consumers().size() >= ConsumerOperations.CONSUMERS_MAX) {
      throw ServiceError.limitExceeded(
          "Stream "
              + stream.name()
              + " has "
              + ConsumerOperations.CONSUMERS_MAX
              + " registered consumers already.");
    }
    lastCreationSecond =
        Math.max(lastCreationSecond + 1, store.clock().nowMillis() / MILLIS_PER_SECOND);
    var consumer =
        new StreamConsumer(
            name,
            stream.arn() + CONSUMER + name + ":" + lastCreationSecond,
            lastCreationSecond * MILLIS_PER_SECOND);
    stream.consumers().put(name, consumer);
    return consumer;
  }

  void deregister(Entry entry) {
    entry.stream().consumers().remove(entry.consumer().name(), entry.consumer());
    entry.consumer().close();
  }

  /** The consumer of the member ConsumerARN, or of StreamARN and ConsumerName. */
  Entry find(Input input) {
    if (input.has("ConsumerARN")) {
      return byArn(input.requiredText("ConsumerARN"));
    }
    if (!input.has("StreamARN") || !input.has("ConsumerName")) {
      throw ServiceError.invalidArgument(
          "Either ConsumerARN or both of StreamARN and ConsumerName are required.");
    }
    KinesisStream stream = store.byArn(input.requiredText("StreamARN"));
    String name = Names.required(input, "ConsumerName");
    return Optional.ofNullable(stream.consumers().get(name))
        .map(consumer -> new Entry(stream, consumer))
        .orElseThrow(
            () ->
                ServiceError.notFound(
                    "Consumer "
                        + name
                        + " under stream "
                        + stream.name()
                        + " not found for account "
                        + store.options().accountId()
                        + "."));
  }

  Entry byArn(String arn) {
    int mark = arn.lastIndexOf(CONSUMER);
    if (mark < 0) {
      throw ServiceError.invalidArgument("Not the ARN of a consumer: " + arn);
    }
    KinesisStream stream = store.byArn(arn.substring(0, mark));
    return stream.consumers().values().stream()
        .filter(consumer -> consumer.arn().equals(arn))
        .findFirst()
        .map(consumer -> new Entry(stream, consumer))
        .orElseThrow(() -> ServiceError.notFound("Consumer " + arn + " not found."));
  }
}
