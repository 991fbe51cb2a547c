package dev.sluice.firehose.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.enricher.Outcome;
import dev.sluice.enricher.RejectReason;
import dev.sluice.firehose.event.EventReader;
import dev.sluice.firehose.event.FirehoseEvent;
import dev.sluice.firehose.record.DeadLetter;
import dev.sluice.firehose.sending.BatchSender;
import dev.sluice.firehose.sending.RetryPolicy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;

class QueuedLinesTest {
  private static final String QUEUE = "https://sqs.eu-west-1.amazonaws.com/1/rejects";
  private static final String EVENT =
      """
      {"deliveryStreamArn":"arn:aws:firehose:eu-west-1:1:deliverystream/logs",\
      "sourceKinesisStreamArn":"arn:aws:kinesis:eu-west-1:1:stream/raw","records":[\
      {"recordId":"r0","data":"","kinesisRecordMetadata":{"shardId":"s","sequenceNumber":"49",\
      "subsequenceNumber":2}},{"recordId":"r1"},{"recordId":"r2"}]}""";

  private final List<String> bodies = new ArrayList<>();
  private final List<Integer> calls = new ArrayList<>();

  /** Takes every message whose record is not r1. */
  private final class Sqs implements SqsClient {
    @Override
    public SendMessageBatchResponse sendMessageBatch(SendMessageBatchRequest request) {
      assertThat(request.queueUrl()).isEqualTo(QUEUE);
      calls.add(request.entries().size());
      var successful = new ArrayList<SendMessageBatchResultEntry>();
      request
          .entries()
          .forEach(
              entry -> {
                if (!entry.messageBody().contains("\"r1\"")) {
                  bodies.add(entry.messageBody());
                  successful.add(SendMessageBatchResultEntry.builder().id(entry.id()).build());
                }
              });
      return SendMessageBatchResponse.builder().successful(successful).build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }

  private final QueuedLines queue =
      new QueuedLines(
          QUEUE, Sqs::new, new BatchSender(RetryPolicy.attempts(2), wait -> {}, new Random(1)));

  @Test
  void tellsReasonPositionAndLine() throws IOException {
    assertThat(queue.send(event(), List.of(letter(0, 7)), () -> 60_000).cardinality()).isZero();
    assertThat(bodies)
        .containsExactly(
            "{\"reason\":\"BAD_STATUS\",\"offset\":3,\"delivery_stream\":\"logs\","
                + "\"record_id\":\"r0\",\"line\":7,\"stream\":\"raw\",\"shard\":\"s\","
                + "\"sequence_number\":\"49\",\"sub_sequence_number\":\"2\",\"raw\":\"AP94\"}");
  }

  @Test
  void namesRecordsOfWhichALineWasRefused() throws IOException {
    var letters = new ArrayList<DeadLetter>();
    for (int i = 0; i < 15; i++) {
      letters.add(letter(i == 12 ? 1 : 2, i));
    }
    assertThat(queue.send(event(), letters, () -> 60_000).stream()).containsExactly(1);
    assertThat(bodies).hasSize(14);
    assertThat(calls).containsExactly(10, 5, 1);
  }

  private static DeadLetter letter(int record, int lineIndex) {
    var outcome = new Outcome.Rejected(RejectReason.BAD_STATUS, 3);
    return new DeadLetter(record, lineIndex, outcome, new byte[] {0, (byte) 0xff, 'x'});
  }

  private static FirehoseEvent event() throws IOException {
    return new EventReader().read(new ByteArrayInputStream(EVENT.getBytes(UTF_8)));
  }
}
