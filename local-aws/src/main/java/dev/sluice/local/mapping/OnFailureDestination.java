package dev.sluice.local.mapping;

import software.amazon.awssdk.services.sqs.SqsClient;

/** Takes messages about batches that were given up. */
@FunctionalInterface
public interface OnFailureDestination {

  /**
   * Sends a message.
   *
   * @param json about the batch; its records are still in the stream
   * @throws RuntimeException when it is not sent; the mapping tries again before it goes on
   */
  void send(String json);

  /** A queue. */
  static OnFailureDestination queue(SqsClient sqs, String queueUrl) {
    return json -> sqs.sendMessage(message -> message.queueUrl(queueUrl).messageBody(json));
  }
}
