package dev.sluice.web.upload;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * Writes a stream of unknown length into one object, with one part of it in memory. The object is
 * there whole or not at all; what was begun and breaks off is taken back.
 */
final class S3Upload {

  /** Bytes in memory for each upload; S3 takes 10,000 parts of at least 5 MiB. */
  static final int PART_BYTES = 8 << 20;

  private static final Logger LOG = LoggerFactory.getLogger("dev.sluice.web");

  private final S3Client s3;
  private final String bucket;

  S3Upload(S3Client s3, String bucket) {
    this.s3 = s3;
    this.bucket = bucket;
  }

  /**
   * Stores the body under the name.
   *
   * @throws IOException when the body breaks off; nothing is left behind
   */
  StoredUpload store(String name, String contentType, UploadBody body) throws IOException {
    byte[] part = new byte[PART_BYTES];
    int length = body.readNBytes(part, 0, PART_BYTES);
    if (length < PART_BYTES) {
      return putWhole(name, contentType, part, length);
    }
    String upload =
        s3.createMultipartUpload(create -> create.bucket(bucket).key(name).contentType(contentType))
            .uploadId();
    boolean complete = false;
    try {
      var parts = new ArrayList<CompletedPart>();
      while (length > 0) {
        parts.add(putPart(name, upload, parts.size() + 1, part, length));
        length = length < PART_BYTES ? 0 : body.readNBytes(part, 0, PART_BYTES);
      }
      StoredUpload stored = complete(name, upload, parts, body.bytes());
      complete = true;
      return stored;
    } finally {
      if (!complete) {
        abort(name, upload);
      }
    }
  }

  private StoredUpload putWhole(String name, String contentType, byte[] bytes, int length) {
    PutObjectResponse answer =
        s3.putObject(
            put -> put.bucket(bucket).key(name).contentType(contentType), body(bytes, length));
    return stored(name, length, answer.eTag(), answer.versionId());
  }

  private CompletedPart putPart(String name, String upload, int number, byte[] bytes, int length) {
    String eTag =
        s3.uploadPart(
                put -> put.bucket(bucket).key(name).uploadId(upload).partNumber(number),
                body(bytes, length))
            .eTag();
    return CompletedPart.builder().partNumber(number).eTag(eTag).build();
  }

  private StoredUpload complete(String name, String upload, List<CompletedPart> parts, long bytes) {
    CompleteMultipartUploadResponse answer =
        s3.completeMultipartUpload(
            complete ->
                complete
                    .bucket(bucket)
                    .key(name)
                    .uploadId(upload)
                    .multipartUpload(all -> all.parts(parts)));
    return stored(name, bytes, answer.eTag(), answer.versionId());
  }

  private static StoredUpload stored(String name, long bytes, String eTag, String versionId) {
    return new StoredUpload(
        name, bytes, eTag == null ? "" : eTag.replace("\"", ""), Optional.ofNullable(versionId));
  }

  /** The bytes where they are: the SDK's own ways would copy them. */
  private static RequestBody body(byte[] bytes, int length) {
    return RequestBody.fromContentProvider(
        () -> new ByteArrayInputStream(bytes, 0, length), length, "application/octet-stream");
  }

  /** Parts that cannot be taken back cost money until the bucket's lifecycle rule removes them. */
  private void abort(String name, String upload) {
    try {
      s3.abortMultipartUpload(abort -> abort.bucket(bucket).key(name).uploadId(upload));
    } catch (SdkException notNow) {
      LOG.warn("parts of an upload that broke off are left in S3: {}", notNow.toString());
    }
  }
}
