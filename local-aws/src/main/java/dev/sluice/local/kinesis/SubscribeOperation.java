package dev.sluice.local.kinesis;

import dev.sluice.local.ServiceError;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/** SubscribeToShard: checks the request, then hands the exchange to a {@link Subscription}. */
final class SubscribeOperation {
  static final String NAME = "SubscribeToShard";

  private final StreamStore store;
  private final ConsumerDirectory consumers;
  private final Executor executor;
  private final Scheduler timers;

  SubscribeOperation(
      StreamStore store, ConsumerDirectory consumers, Executor executor, Scheduler timers) {
    this.store = store;
    this.consumers = consumers;
    this.executor = executor;
    this.timers = timers;
  }

  /**
   * @throws ServiceError before anything is written; afterwards the subscription completes the
   *     exchange
   */
  void run(Input input, Response response, Callback exchange) {
    ConsumerDirectory.Entry entry = consumers.byArn(input.requiredText("ConsumerARN"));
    Shard shard = store.shard(entry.stream(), Names.required(input, "ShardId"));
    Input position =
        input.object("StartingPosition").orElseThrow(() -> input.missing("StartingPosition"));
    long now = store.clock().nowMillis();
    long after = StartingPosition.resolve(position, "Type", "SequenceNumber", shard, now);
    var subscription =
        new Subscription(shard, after, entry.stream()::horizon, now, response, exchange, executor);
    KinesisEmulatorOptions options = store.options();
    entry.consumer().subscribe(subscription, options.resubscribeWindow().toMillis());
    response.setStatus(200);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, EventFrames.CONTENT_TYPE);
    subscription.start(
        timers, options.subscriptionDuration(), options.heartbeatInterval(), options.clock());
  }
}
