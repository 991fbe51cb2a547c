package dev.sluice.cli;

import dev.sluice.local.EmbeddedAws;
import dev.sluice.local.lambda.LocalLambda;
import dev.sluice.local.mapping.EventSourceMapping;
import dev.sluice.local.mapping.EventSourceMappings;
import dev.sluice.local.mapping.MappedFunction;
import dev.sluice.local.mapping.MappingListener;
import dev.sluice.local.mapping.SourceClients;
import dev.sluice.local.mapping.SqsMappingOptions;
import dev.sluice.local.mapping.StartingPosition;
import dev.sluice.local.mapping.StreamMappingOptions;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A function behind queues and streams of the local stack, with {@code ReportBatchItemFailures}.
 */
final class LocalMappings implements AutoCloseable {

  /** Of a stream that is made here. */
  private static final int SHARDS = 1;

  /** Tells of what the function has not done. */
  private static final MappingListener TROUBLE =
      new MappingListener() {
        @Override
        public void failed(String source, int records, String reason) {
          System.err.println(
              "sluice: " + records + " of " + source + " will come again: " + reason);
        }
      };

  private final SourceClients clients;
  private final MappedFunction function;
  private final Deque<EventSourceMapping> mappings = new ArrayDeque<>();

  LocalMappings(EmbeddedAws aws, LocalLambda lambda) {
    clients = new SourceClients(aws);
    function = MappedFunction.of(lambda);
  }

  /** Makes the queue, too, and tells its URL. */
  String queue(String name) {
    String url = clients.sqs().createQueue(create -> create.queueName(name)).queueUrl();
    mappings.push(
        EventSourceMappings.system()
            .ofQueue(
                clients.sqs(),
                SqsMappingOptions.of(url).withReportBatchItemFailures(true),
                function,
                TROUBLE)
            .start());
    return url;
  }

  /** Makes the stream, too, and tells its ARN. */
  String stream(String name) {
    clients.kinesis().createStream(create -> create.streamName(name).shardCount(SHARDS));
    clients.kinesis().waiter().waitUntilStreamExists(describe -> describe.streamName(name));
    String arn =
        clients
            .kinesis()
            .describeStreamSummary(describe -> describe.streamName(name))
            .streamDescriptionSummary()
            .streamARN();
    mappings.push(
        EventSourceMappings.system()
            .ofKinesis(
                clients.kinesis(),
                arn,
                StreamMappingOptions.from(StartingPosition.TRIM_HORIZON)
                    .withReportBatchItemFailures(true),
                function,
                TROUBLE)
            .start());
    return arn;
  }

  @Override
  public void close() {
    while (!mappings.isEmpty()) {
      mappings.pop().close();
    }
    clients.close();
  }
}
