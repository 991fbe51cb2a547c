package dev.sluice.local.mapping;

import dev.sluice.local.lambda.LambdaAnswer;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Messages of a queue to a function. What succeeds is deleted; what does not is left to the queue,
 * which shows it again after its visibility timeout and moves it by its redrive policy. The service
 * has several pollers and invocations at a time, this one has one.
 */
final class QueuePoller implements Poller {

  /** Bounds of SQS for a call. */
  private static final int CALL_MESSAGES_MAX = 10;

  private final SqsClient sqs;
  private final SqsMappingOptions options;
  private final MappedFunction function;
  private final MappingListener listener;
  private final InstantSource clock;
  private final String queueArn;
  private final String name;

  /** A message that was received, and its record. */
  private record Received(Message message, byte[] json) {}

  /**
   * By message id: a message that comes twice into one batch is one record, with the newer handle.
   */
  private final Map<String, Received> gathered = new LinkedHashMap<>();

  /** Found no room in the batch before; at most those of one call. */
  private final Deque<Received> heldOver = new ArrayDeque<>();

  private long gatheredBytes;
  private long gatheredSince; // epoch milliseconds

  QueuePoller(
      SqsClient sqs,
      SqsMappingOptions options,
      MappedFunction function,
      MappingListener listener,
      InstantSource clock) {
    this.sqs = sqs;
    this.options = options;
    this.function = function;
    this.listener = listener;
    this.clock = clock;
    queueArn =
        sqs.getQueueAttributes(
                get ->
                    get.queueUrl(options.queueUrl()).attributeNames(QueueAttributeName.QUEUE_ARN))
            .attributes()
            .get(QueueAttributeName.QUEUE_ARN);
    name = queueArn.substring(queueArn.lastIndexOf(':') + 1);
  }

  String name() {
    return name;
  }

  @Override
  public boolean poll() {
    gather();
    if (gathered.isEmpty() || !isDue()) {
      return false;
    }
    invoke();
    return true;
  }

  private boolean isFull() {
    return gathered.size() >= options.batchSize() || !heldOver.isEmpty();
  }

  private boolean isDue() {
    return isFull() || clock.millis() - gatheredSince >= options.batchingWindow().toMillis();
  }

  private void gather() {
    var before = List.copyOf(heldOver);
    heldOver.clear();
    before.forEach(this::add);
    while (!isFull()) {
      List<Message> messages = receive();
      if (messages.isEmpty()) {
        return;
      }
      listener.received(name, messages.size());
      for (Message message : messages) {
        add(new Received(message, SqsMessageJson.of(message, queueArn)));
      }
    }
  }

  private List<Message> receive() {
    int room = Math.min(CALL_MESSAGES_MAX, options.batchSize() - gathered.size());
    return sqs.receiveMessage(
            receive ->
                receive
                    .queueUrl(options.queueUrl())
                    .maxNumberOfMessages(room)
                    .waitTimeSeconds(0)
                    .messageSystemAttributeNames(MessageSystemAttributeName.ALL)
                    .messageAttributeNames("All"))
        .messages();
  }

  private void add(Received received) {
    int bytes = EventJson.bytes(received.json());
    if (gathered.isEmpty()) {
      gatheredSince = clock.millis();
    } else if (!heldOver.isEmpty() || gatheredBytes + bytes > EventJson.RECORDS_BYTES_MAX) {
      heldOver.add(received); // and those behind it, in their order
      return;
    }
    Received before = gathered.put(received.message().messageId(), received);
    gatheredBytes += bytes - (before == null ? 0 : EventJson.bytes(before.json()));
  }

  private void invoke() {
    var batch = new LinkedHashMap<>(gathered);
    gathered.clear();
    gatheredBytes = 0;
    byte[] event = EventJson.of(batch.values().stream().map(Received::json).toList(), "");
    listener.invoking(name, batch.size());
    LambdaAnswer answer;
    try {
      answer = function.invoke(event);
    } catch (RuntimeException notInvoked) {
      listener.failed(name, batch.size(), "not invoked");
      throw notInvoked; // the messages come again
    }
    BatchResponse response =
        BatchResponse.of(answer, batch.keySet(), options.reportBatchItemFailures(), false);
    if (response.trouble().isPresent()) {
      listener.failed(name, batch.size(), response.trouble().get());
      return;
    }
    if (!response.failed().isEmpty()) {
      listener.failed(name, response.failed().size(), "batchItemFailures");
    }
    batch.keySet().removeAll(response.failed());
    delete(batch.values().stream().map(Received::message).toList());
  }

  private void delete(List<Message> messages) {
    for (int from = 0; from < messages.size(); from += CALL_MESSAGES_MAX) {
      List<Message> some =
          messages.subList(from, Math.min(from + CALL_MESSAGES_MAX, messages.size()));
      var entries = new ArrayList<DeleteMessageBatchRequestEntry>();
      for (int i = 0; i < some.size(); i++) {
        entries.add(
            DeleteMessageBatchRequestEntry.builder()
                .id(Integer.toString(i))
                .receiptHandle(some.get(i).receiptHandle())
                .build());
      }
      DeleteMessageBatchResponse deleted =
          sqs.deleteMessageBatch(delete -> delete.queueUrl(options.queueUrl()).entries(entries));
      listener.succeeded(name, deleted.successful().size());
      if (!deleted.failed().isEmpty()) {
        listener.failed(name, deleted.failed().size(), deleted.failed().get(0).code());
      }
    }
  }
}
