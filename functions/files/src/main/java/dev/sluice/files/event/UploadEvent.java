package dev.sluice.files.event;

import java.time.Instant;

/**
 * What happened to a file: it was put, or deleted.
 *
 * @param name of the event as it came, such as {@code ObjectCreated:Put}
 * @param key decoded
 * @param bytes size of the file; 0 of one that was deleted
 * @param eTag without quotes; empty of a deletion
 * @param versionId empty in a bucket without versions
 * @param sequencer hexadecimal, comparable for one key alone; may be empty
 * @param attempt 1, and one more each time that the file's message comes back from the error queue
 */
public record UploadEvent(
    String name,
    boolean deletes,
    String bucket,
    String key,
    long bytes,
    String eTag,
    String versionId,
    String sequencer,
    Instant time,
    int attempt) {

  /** Sequencers are compared by padding the shorter one with zeros. */
  private static final int SEQUENCER_DIGITS = 32;

  private static final String DELETED = "deleted";

  /**
   * Names this upload among all of its file, the newest last: sequencer, {@code #}, and the version
   * or, without versions, the eTag.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html">
   *     Event message structure: sequencer</a>
   */
  public String uploadId() {
    String padded = "0".repeat(Math.max(0, SEQUENCER_DIGITS - sequencer.length())) + sequencer;
    String what = versionId.isEmpty() ? eTag : versionId;
    return padded + '#' + (what.isEmpty() ? DELETED : what);
  }

  /**
   * The same for each delivery of the event, and for no other upload: bucket, key, and the version
   * or, without versions, eTag and sequencer. Another attempt is another identity.
   */
  public String identity() {
    String upload = versionId.isEmpty() ? eTag + '+' + sequencer : versionId;
    return bucket + '/' + key + '#' + upload + (attempt > 1 ? "#" + attempt : "");
  }

  /** The name without its folders. */
  public String fileName() {
    return key.substring(key.lastIndexOf('/') + 1);
  }
}
