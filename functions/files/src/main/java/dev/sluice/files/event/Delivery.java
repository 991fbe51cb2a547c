package dev.sluice.files.event;

import java.util.List;

/**
 * What came as one: a message of a queue, or everything of an event that is none of a queue.
 *
 * @param messageId how the answer names it; empty where Lambda wants no such answer
 * @param ignored records that tell of something else, test events among them
 * @param trouble why it cannot be understood; empty when it can
 */
public record Delivery(String messageId, List<UploadEvent> uploads, int ignored, String trouble) {
  public Delivery {
    uploads = List.copyOf(uploads);
  }
}
