package dev.sluice.local.notification;

import java.time.Instant;

/**
 * An object was put, or deleted.
 *
 * @param name such as {@code ObjectCreated:Put}
 * @param eTag without quotes; empty of a deletion
 * @param sequencer hexadecimal; of two changes of one key the later one has the larger
 */
public record ObjectChange(
    String name,
    String bucket,
    String key,
    long bytes,
    String eTag,
    String sequencer,
    Instant time) {

  public static final String PUT = "ObjectCreated:Put";
  public static final String COPY = "ObjectCreated:Copy";
  public static final String MULTIPART = "ObjectCreated:CompleteMultipartUpload";
  public static final String DELETE = "ObjectRemoved:Delete";

  /** The event that S3 makes of it. */
  public String event() {
    return NotificationJson.of(this);
  }

  boolean deletes() {
    return name.equals(DELETE);
  }
}
