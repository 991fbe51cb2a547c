package dev.sluice.cli.demo;

import dev.sluice.local.lambda.LocalLambda;
import dev.sluice.local.mapping.EventSourceMapping;
import dev.sluice.local.mapping.EventSourceMappings;
import dev.sluice.local.mapping.MappedFunction;
import dev.sluice.local.mapping.MappingListener;
import dev.sluice.local.mapping.SourceClients;
import dev.sluice.local.mapping.StartingPosition;
import dev.sluice.local.mapping.StreamMappingOptions;
import java.time.Duration;

/** A function behind a Kinesis stream, mapped as its documentation asks for. */
final class StreamMapping {

  private StreamMapping() {}

  /** Starts to read the stream from its first record on. */
  static EventSourceMapping start(
      SourceClients clients, String stream, int batchSize, LocalLambda function) {
    String arn =
        clients
            .kinesis()
            .describeStreamSummary(describe -> describe.streamName(stream))
            .streamDescriptionSummary()
            .streamARN();
    return EventSourceMappings.system()
        .ofKinesis(
            clients.kinesis(),
            arn,
            StreamMappingOptions.from(StartingPosition.TRIM_HORIZON)
                .withBatch(batchSize, Duration.ZERO)
                .withReportBatchItemFailures(true)
                .withBisectBatchOnFunctionError(true),
            MappedFunction.of(function),
            MappingListener.NONE)
        .start();
  }
}
