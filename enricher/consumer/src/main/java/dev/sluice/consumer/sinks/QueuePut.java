package dev.sluice.consumer.sinks;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;

/** {@code SendMessageBatch} into a queue. An entry is the body of a message. */
final class QueuePut implements BatchService<String> {
  /**
   * 10 messages, 1 MiB altogether.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html">
   *     SendMessageBatch</a>
   */
  static final BatchLimits LIMITS = new BatchLimits(10, 1024 * 1024, 1024 * 1024);

  /** Raw bytes of a rejected line that fit in base64, with 64 KiB left for all else. */
  static final int MAX_RAW_BYTES = (1024 - 64) * 1024 / 4 * 3;

  private final SqsClient client;
  private final String queueUrl;

  /**
   * @param client must not retry by itself, and must bound each call
   */
  QueuePut(SqsClient client, String queueUrl) {
    this.client = client;
    this.queueUrl = queueUrl;
  }

  static String entry(byte[] line) {
    return new String(line, StandardCharsets.UTF_8);
  }

  @Override
  public String operation() {
    return "SendMessageBatch";
  }

  @Override
  public String target() {
    return "queue " + queueUrl;
  }

  @Override
  public BatchLimits limits() {
    return LIMITS;
  }

  @Override
  public int bytes(String body) {
    return body.getBytes(StandardCharsets.UTF_8).length;
  }

  @Override
  public Map<Integer, String> refused(List<String> bodies) {
    var entries = new ArrayList<SendMessageBatchRequestEntry>();
    for (int i = 0; i < bodies.size(); i++) {
      entries.add(
          SendMessageBatchRequestEntry.builder()
              .id(Integer.toString(i))
              .messageBody(bodies.get(i))
              .build());
    }
    SendMessageBatchResponse answer =
        client.sendMessageBatch(r -> r.queueUrl(queueUrl).entries(entries));
    return EntryAnswers.byId(
        bodies.size(),
        answer.failed(),
        answer.successful().stream().map(SendMessageBatchResultEntry::id));
  }
}
