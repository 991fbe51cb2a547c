package dev.sluice.consumer.redrive;

import dev.sluice.consumer.sinks.BatchSender;
import dev.sluice.consumer.tiles.StoreException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Letters out of an SQS queue: a message is removed when the stream has its line, and not before.
 * At least once: whoever is killed in between has sent lines whose messages are still there. Used
 * by one thread.
 */
final class QueueRedrive {
  /** How long a message that was received is hidden; one that is left comes back after that. */
  static final Duration VISIBILITY = Duration.ofMinutes(10);

  /** Receives in a row without a message after which the queue counts as empty. */
  static final int MAX_EMPTY_RECEIVES = 3;

  /** Letters left in the queue after which it is of no use to go on. */
  static final int MAX_LEFT = 10_000;

  private static final int MAX_MESSAGES = 10; // of one receive
  private static final int WAIT_SECONDS = 1;

  private final SqsClient sqs;
  private final String queueUrl;
  private final RedriveOptions options;
  private final BatchSender deleter;
  private final RedriveBooks books;
  private final Runnable progress;

  private final LetterReader reader;
  private final StreamTarget.Batch<String> batch;
  private final Set<String> left = new HashSet<>(); // message ids

  QueueRedrive(
      SqsClient sqs,
      String queueUrl,
      RedriveOptions options,
      StreamTarget target,
      BatchSender deleter,
      RedriveBooks books,
      Runnable progress) {
    this.sqs = sqs;
    this.queueUrl = queueUrl;
    this.options = options;
    this.deleter = deleter;
    this.books = books;
    this.progress = progress;
    reader = new LetterReader(options, target, books::left);
    batch = target.new Batch<>();
  }

  /** Messages in the queue, hidden ones included: about so many, says SQS. */
  long waiting() {
    var counts =
        sqs.getQueueAttributes(
                r ->
                    r.queueUrl(queueUrl)
                        .attributeNames(
                            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
            .attributes();
    return counts.values().stream().mapToLong(Long::parseLong).sum();
  }

  /**
   * Puts letters back until the queue is empty or the limit is reached.
   *
   * @throws StoreException if the stream or the queue gave up
   */
  void run() {
    int empty = 0;
    while (empty < MAX_EMPTY_RECEIVES && room() > 0 && left.size() < MAX_LEFT) {
      List<Message> messages = receive((int) Math.min(MAX_MESSAGES, room()));
      boolean news = false;
      for (Message message : messages) {
        news |= take(message);
      }
      if (!news) {
        sendBatch(); // what waits for company has waited long enough
      }
      empty = news ? 0 : empty + 1;
    }
    sendBatch();
  }

  private long room() {
    return options.limit() - books.sent() - batch.size();
  }

  private List<Message> receive(int messages) {
    return sqs.receiveMessage(
            r ->
                r.queueUrl(queueUrl)
                    .maxNumberOfMessages(messages)
                    .waitTimeSeconds(WAIT_SECONDS)
                    .visibilityTimeout((int) VISIBILITY.toSeconds()))
        .messages();
  }

  /** False for a message that was left before. */
  private boolean take(Message message) {
    if (left.contains(message.messageId())) {
      return false;
    }
    DeadLetter letter = reader.read(message.body().getBytes(StandardCharsets.UTF_8));
    if (letter == null) {
      left.add(message.messageId());
    } else if (!batch.add(letter, message.receiptHandle())) {
      sendBatch();
      batch.add(letter, message.receiptHandle());
    }
    return true;
  }

  /** Removes exactly the messages whose lines were taken, also when not all were. */
  private void sendBatch() {
    var taken = new ArrayList<String>();
    try {
      batch.send(taken::add);
    } finally {
      books.sent(taken.size());
      var messages = new MessageDelete(sqs, queueUrl);
      for (int from = 0; from < taken.size(); from += MAX_MESSAGES) {
        deleter.send(
            messages,
            taken.subList(from, Math.min(taken.size(), from + MAX_MESSAGES)),
            receipt -> {});
      }
      progress.run();
    }
  }
}
