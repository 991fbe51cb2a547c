package dev.sluice.local.firehose;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Objects on their way to S3, in their order. One that S3 does not take stays the first. Not
 * thread-safe; its stream adds a batch only when the one before is written, which bounds it.
 */
final class S3Delivery {

  private final S3Client s3;
  private final String bucket;
  private final Consumer<FirehoseCounts> written;
  private final Deque<DeliveryObject> objects = new ArrayDeque<>();

  /**
   * @param written is told what is true after each object
   */
  S3Delivery(S3Client s3, String bucket, Consumer<FirehoseCounts> written) {
    this.s3 = s3;
    this.bucket = bucket;
    this.written = written;
  }

  void add(Collection<DeliveryObject> more) {
    objects.addAll(more);
  }

  /**
   * Writes all that is left.
   *
   * @throws SdkException when S3 does not take an object
   */
  void write() {
    for (DeliveryObject each = objects.peek(); each != null; each = objects.peek()) {
      String key = each.key();
      s3.putObject(
          put -> put.bucket(bucket).key(key).contentType("application/octet-stream"),
          RequestBody.fromBytes(each.body()));
      written.accept(each.counts());
      objects.remove();
    }
  }
}
