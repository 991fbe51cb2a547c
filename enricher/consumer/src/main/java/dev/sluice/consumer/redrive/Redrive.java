package dev.sluice.consumer.redrive;

import dev.sluice.consumer.sinks.BatchSender;
import dev.sluice.consumer.sinks.StreamPut;
import dev.sluice.consumer.tiles.StoreException;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Puts rejected lines back into a stream, each as a record of its own, so that whatever has been
 * mended since enriches them. Their place and order in the stream are new, and so is their
 * event_id. Used by one thread.
 */
public final class Redrive {
  private final RedriveOptions options;
  private final BatchSender sender;
  private final StreamTarget target;
  private final RedriveBooks books = new RedriveBooks();
  private final Runnable progress;

  /**
   * @param random spreads the lines over the shards
   * @param progress is shown the books after each call
   */
  public Redrive(
      StreamPut stream,
      RedriveOptions options,
      BatchSender sender,
      RandomGenerator random,
      Consumer<RedriveBooks> progress) {
    this.options = options;
    this.sender = sender;
    target = new StreamTarget(stream, sender, random);
    this.progress = () -> progress.accept(books);
  }

  /** Of all sources together, as far as they got. */
  public RedriveBooks books() {
    return books;
  }

  /**
   * Takes messages out of a queue until it is empty or the limit is reached. In a dry run it takes
   * none, because a message that was received counts as received.
   *
   * @return messages in the queue before, about so many
   * @throws StoreException if the stream or the queue gave up
   */
  public long fromQueue(SqsClient sqs, String queueUrl) {
    var queue = new QueueRedrive(sqs, queueUrl, options, target, sender, books, progress);
    long waiting = queue.waiting();
    if (!options.dryRun()) {
      queue.run();
    }
    return waiting;
  }

  /**
   * Reads the rejects objects below a prefix that commits name.
   *
   * @param prefix output prefix, or the folder of an application, without a slash at its end
   * @throws StoreException if the stream gave up
   */
  public void fromObjects(S3Client s3, String bucket, String prefix) {
    new ObjectRedrive(s3, bucket, options, target, books, progress).run(prefix);
  }
}
