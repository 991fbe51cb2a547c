package dev.sluice.firehose.deadletter;

import dev.sluice.firehose.sending.BatchLimits;
import dev.sluice.firehose.sending.BatchService;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/** {@code SendMessageBatch} into a queue. */
final class QueuePut implements BatchService<QueuedLine> {
  /**
   * 10 messages, 1 MiB altogether.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html">
   *     SendMessageBatch</a>
   */
  static final BatchLimits LIMITS = new BatchLimits(10, 1024 * 1024, 1024 * 1024);

  private final SqsClient client;
  private final String queueUrl;

  QueuePut(SqsClient client, String queueUrl) {
    this.client = client;
    this.queueUrl = queueUrl;
  }

  @Override
  public BatchLimits limits() {
    return LIMITS;
  }

  @Override
  public int bytes(QueuedLine line) {
    return line.body().getBytes(StandardCharsets.UTF_8).length;
  }

  @Override
  public BitSet refused(List<QueuedLine> lines) {
    var entries = new ArrayList<SendMessageBatchRequestEntry>();
    for (int i = 0; i < lines.size(); i++) {
      entries.add(
          SendMessageBatchRequestEntry.builder()
              .id(Integer.toString(i))
              .messageBody(lines.get(i).body())
              .build());
    }
    SendMessageBatchResponse response =
        client.sendMessageBatch(request -> request.queueUrl(queueUrl).entries(entries));
    var refused = new BitSet();
    refused.set(0, lines.size());
    response.successful().forEach(entry -> refused.clear(Integer.parseInt(entry.id())));
    return refused;
  }
}
