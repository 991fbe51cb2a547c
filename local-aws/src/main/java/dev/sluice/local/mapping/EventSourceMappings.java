package dev.sluice.local.mapping;

import java.time.InstantSource;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Makes mappings. True to AWS Lambda are the events, batch sizes and windows, partial batch
 * responses, retries, bisection, record age, on-failure destinations and tumbling windows. Left
 * out: filters, more than one batch of a shard or queue at a time, and enhanced fan-out.
 */
public final class EventSourceMappings {

  private final InstantSource clock;
  private final RandomGenerator random;

  /**
   * @param clock of batching windows, record ages, retries and tumbling windows
   * @param random of pauses between retries, and of ids
   */
  public EventSourceMappings(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /** By the machine's clock. */
  public static EventSourceMappings system() {
    return new EventSourceMappings(InstantSource.system(), RandomGenerator.getDefault());
  }

  /**
   * A mapping of a queue, not started.
   *
   * @param sqs stays its owner's to close, after the mapping
   */
  public EventSourceMapping ofQueue(
      SqsClient sqs, SqsMappingOptions options, MappedFunction function, MappingListener listener) {
    var counter = new MappingCounter(listener);
    var poller = new QueuePoller(sqs, options, function, counter, clock);
    return new EventSourceMapping(poller.name(), poller, counter);
  }

  /**
   * A mapping of a Kinesis stream, not started; its starting position is now.
   *
   * @param kinesis stays its owner's to close, after the mapping
   */
  public EventSourceMapping ofKinesis(
      KinesisClient kinesis,
      String streamArn,
      StreamMappingOptions options,
      MappedFunction function,
      MappingListener listener) {
    return of(new KinesisStreamSource(kinesis, streamArn), options, function, listener);
  }

  /**
   * A mapping of a DynamoDB stream, not started; its starting position is now.
   *
   * @param streams stays its owner's to close, after the mapping
   */
  public EventSourceMapping ofDynamoDb(
      DynamoDbStreamsClient streams,
      String streamArn,
      StreamMappingOptions options,
      MappedFunction function,
      MappingListener listener) {
    return of(new DynamoDbStreamSource(streams, streamArn), options, function, listener);
  }

  EventSourceMapping of(
      ShardedStream stream,
      StreamMappingOptions options,
      MappedFunction function,
      MappingListener listener) {
    var counter = new MappingCounter(listener);
    return new EventSourceMapping(
        stream.arn().substring(stream.arn().indexOf('/') + 1),
        new StreamPoller(stream, options, function, counter, clock, random),
        counter);
  }
}
