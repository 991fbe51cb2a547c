package dev.sluice.consumer.redrive;

import dev.sluice.consumer.sinks.BatchLimits;
import dev.sluice.consumer.sinks.BatchService;
import dev.sluice.consumer.sinks.EntryAnswers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResultEntry;

/** {@code DeleteMessageBatch}. An entry is the receipt handle of a message. */
final class MessageDelete implements BatchService<String> {
  /**
   * 10 messages; a receipt handle has up to 1,024 characters.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessageBatch.html">
   *     DeleteMessageBatch</a>
   */
  static final BatchLimits LIMITS = new BatchLimits(10, Integer.MAX_VALUE, Integer.MAX_VALUE);

  private final SqsClient client;
  private final String queueUrl;

  MessageDelete(SqsClient client, String queueUrl) {
    this.client = client;
    this.queueUrl = queueUrl;
  }

  @Override
  public String operation() {
    return "DeleteMessageBatch";
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
  public int bytes(String receipt) {
    return receipt.length();
  }

  @Override
  public Map<Integer, String> refused(List<String> receipts) {
    var entries = new ArrayList<DeleteMessageBatchRequestEntry>();
    for (int i = 0; i < receipts.size(); i++) {
      entries.add(
          DeleteMessageBatchRequestEntry.builder()
              .id(Integer.toString(i))
              .receiptHandle(receipts.get(i))
              .build());
    }
    DeleteMessageBatchResponse answer =
        client.deleteMessageBatch(r -> r.queueUrl(queueUrl).entries(entries));
    return EntryAnswers.byId(
        receipts.size(),
        answer.failed(),
        answer.successful().stream().map(DeleteMessageBatchResultEntry::id));
  }
}
