package dev.sluice.local.kinesis;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ConsumerStatus;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/**
 * A running stream server with SDK clients of it, for the cases that every such server has to pass.
 */
final class TestServer implements AutoCloseable {
  /** What a server may lack: the cases that need it are skipped there one by one. */
  enum Feature {
    REQUEST_BOUNDS("the bounds of 1 to 500 entries and of 5 MiB a request"),
    RECORD_BYTES_BOUND("the default bound of 1 MiB a record"),
    BAD_ITERATOR_REFUSED("the error type of a shard iterator that is none"),
    UNKNOWN_SHARD_REFUSED("the refusal of a subscription to an unknown shard"),
    ENDING_SEQUENCE_NUMBER("an ending sequence number of 56 digits"),
    SPLIT_AT_START_REFUSED("the refusal to split a shard at its own start"),
    LIST_STREAMS_TOKEN("a next token of ListStreams that goes on"),
    END_OF_SHARD("the end of a closed shard in SubscribeToShard"),
    DISTINCT_CREATION_SECONDS("creation times that differ by a second for a re-created stream"),
    LIST_CONSUMERS_TOKEN("a next token of ListStreamConsumers that goes on"),
    UNIFORM_SCALING("equal ranges after UpdateShardCount to any number"),
    SCALING_LIMITS("the error type of an UpdateShardCount beyond its limits"),
    OPEN_AT_TRIM_HORIZON("the shards that were open at the trim horizon, after a split");

    private final String text;

    Feature(String text) {
      this.text = text;
    }
  }

  private static final AtomicInteger NAMES = new AtomicInteger();

  private final String name;
  private final Runnable stop;
  private final Set<Feature> lacking;
  private final KinesisClient kinesis;
  private final URI endpoint;
  private KinesisAsyncClient async;

  TestServer(String name, URI endpoint, Runnable stop, Set<Feature> lacking) {
    this.name = name;
    this.stop = stop;
    this.lacking = lacking;
    this.kinesis = Clients.sync(endpoint);
    this.endpoint = endpoint;
  }

  KinesisClient kinesis() {
    return kinesis;
  }

  synchronized KinesisAsyncClient async() {
    if (async == null) {
      async = Clients.async(endpoint);
    }
    return async;
  }

  /** Skips the case, with the reason, where the server lacks the feature. */
  void requires(Feature feature) {
    Assumptions.assumeFalse(lacking.contains(feature), () -> name + " lacks: " + feature.text);
  }

  static String newName() {
    return "stream-" + NAMES.incrementAndGet();
  }

  /** Creates a stream under a name of its own and waits until it is active. */
  String newStream(int shards) {
    String stream = newName();
    createStream(stream, shards);
    return stream;
  }

  void createStream(String stream, int shards) {
    kinesis.createStream(request -> request.streamName(stream).shardCount(shards));
    awaitActive(stream);
  }

  void awaitActive(String stream) {
    // not by the SDK's waiter: it looks every 10 s
    Eventually.holds(() -> status(stream) == StreamStatus.ACTIVE);
  }

  void deleteStream(String stream) {
    kinesis.deleteStream(request -> request.streamName(stream).enforceConsumerDeletion(true));
    Eventually.holds(() -> status(stream) == null);
  }

  private StreamStatus status(String stream) {
    try {
      return kinesis
          .describeStreamSummary(request -> request.streamName(stream))
          .streamDescriptionSummary()
          .streamStatus();
    } catch (ResourceNotFoundException e) {
      return null;
    }
  }

  String arn(String stream) {
    return kinesis
        .describeStreamSummary(request -> request.streamName(stream))
        .streamDescriptionSummary()
        .streamARN();
  }

  List<Shard> shards(String stream) {
    return kinesis.listShards(request -> request.streamName(stream)).shards();
  }

  List<Shard> openShards(String stream) {
    return shards(stream).stream()
        .filter(shard -> shard.sequenceNumberRange().endingSequenceNumber() == null)
        .toList();
  }

  PutRecordResponse put(String stream, String key, String data) {
    return kinesis.putRecord(
        request ->
            request.streamName(stream).partitionKey(key).data(SdkBytes.fromUtf8String(data)));
  }

  /** Registers a consumer and waits until it is active. Returns its ARN. */
  String newConsumer(String stream) {
    String streamArn = arn(stream);
    String consumer = "consumer-" + NAMES.incrementAndGet();
    String arn =
        kinesis
            .registerStreamConsumer(request -> request.streamARN(streamArn).consumerName(consumer))
            .consumer()
            .consumerARN();
    Eventually.holds(
        () ->
            kinesis
                    .describeStreamConsumer(request -> request.consumerARN(arn))
                    .consumerDescription()
                    .consumerStatus()
                == ConsumerStatus.ACTIVE);
    return arn;
  }

  @Override
  public synchronized void close() {
    if (async != null) {
      async.close();
    }
    kinesis.close();
    stop.run();
  }
}
