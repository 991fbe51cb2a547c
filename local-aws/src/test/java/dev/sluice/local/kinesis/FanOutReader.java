package dev.sluice.local.kinesis;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.ChildShard;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardEvent;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardEventStream;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardResponseHandler;

/**
 * Reads a stream by fan-out as KCL does: all shards from their start, children once all their
 * parents have ended.
 */
final class FanOutReader implements AutoCloseable {
  private final KinesisAsyncClient kinesis;
  private final String consumerArn;
  private final AtomicLong count = new AtomicLong();
  private final Queue<String> problems = new ConcurrentLinkedQueue<>();

  /** Partition keys in the order of each shard. */
  private final Map<String, Queue<String>> keys = new ConcurrentHashMap<>();

  private final Set<String> started = new HashSet<>();
  private final Set<String> ended = new HashSet<>();
  private final Queue<Subscription> upstreams = new ConcurrentLinkedQueue<>();

  FanOutReader(KinesisAsyncClient kinesis, String consumerArn) {
    this.kinesis = kinesis;
    this.consumerArn = consumerArn;
  }

  synchronized void follow(String shardId) {
    if (!started.add(shardId)) {
      return;
    }
    keys.put(shardId, new ConcurrentLinkedQueue<>());
    var reader = new OneShard(shardId);
    CompletableFuture<Void> done =
        kinesis.subscribeToShard(
            request ->
                request
                    .consumerARN(consumerArn)
                    .shardId(shardId)
                    .startingPosition(position -> position.type(ShardIteratorType.TRIM_HORIZON)),
            SubscribeToShardResponseHandler.builder().subscriber(() -> reader).build());
    done.whenComplete((nothing, failure) -> reader.completed(failure));
  }

  long count() {
    return count.get();
  }

  /** Partition keys of one shard in the order in which they came. */
  List<String> keys(String shardId) {
    return List.copyOf(keys.get(shardId));
  }

  synchronized Set<String> shards() {
    return Set.copyOf(started);
  }

  synchronized Set<String> endedShards() {
    return Set.copyOf(ended);
  }

  /** What went otherwise than the rules say; empty at best. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  private synchronized void shardEnded(String shardId, List<ChildShard> children) {
    ended.add(shardId);
    for (ChildShard child : children) {
      if (ended.containsAll(child.parentShards())) {
        follow(child.shardId());
      }
    }
  }

  @Override
  public void close() {
    upstreams.forEach(Subscription::cancel);
  }

  private final class OneShard implements Subscriber<SubscribeToShardEventStream> {
    private final String shardId;
    private volatile SubscribeToShardEvent end;

    OneShard(String shardId) {
      this.shardId = shardId;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
      upstreams.add(subscription);
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(SubscribeToShardEventStream event) {
      event.accept(
          SubscribeToShardResponseHandler.Visitor.builder()
              .onSubscribeToShardEvent(this::accept)
              .build());
    }

    private void accept(SubscribeToShardEvent event) {
      if (end != null) {
        problems.add(shardId + ": an event after the end");
      }
      Queue<String> mine = keys.get(shardId);
      for (Record each : event.records()) {
        mine.add(each.partitionKey());
      }
      count.addAndGet(event.records().size());
      if (event.hasChildShards() == (event.continuationSequenceNumber() != null)) {
        problems.add(shardId + ": neither an end nor a continuation, or both");
      }
      if (event.hasChildShards()) {
        end = event;
      }
    }

    void completed(Throwable failure) {
      if (end == null) {
        problems.add(shardId + ": completed without an end: " + failure);
      } else {
        shardEnded(shardId, end.childShards());
      }
    }

    @Override
    public void onError(Throwable error) {} // the call's future has it

    @Override
    public void onComplete() {} // the call's future has it
  }
}
