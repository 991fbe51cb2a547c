package dev.sluice.files.event;

import java.util.List;

/**
 * An event of Lambda.
 *
 * @param source {@code s3}, {@code sqs}, {@code sns} or {@code eventbridge}
 * @param inOrder whether nothing behind a failure may be done: a FIFO queue
 */
public record EventBatch(String source, boolean inOrder, List<Delivery> deliveries) {
  public EventBatch {
    deliveries = List.copyOf(deliveries);
  }

  /** Whether the answer names the messages that come again. */
  public boolean ofQueue() {
    return source.equals("sqs");
  }
}
