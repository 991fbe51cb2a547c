package dev.sluice.files.output;

import dev.sluice.files.calls.ServiceFailure;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * Writes an object whose length nobody knows yet, in parts; a small one in a single call. It is
 * there as a whole when {@link #finish} returns, or not at all. One part is on its way while the
 * next is filled, so memory is bounded by two parts. Not thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html">Multipart upload
 *     limits</a>
 */
public final class ObjectWriter extends OutputStream {
  /** 10,000 parts of it, the most of an object, are 80 GB. */
  public static final int PART_BYTES = 8 * 1024 * 1024;

  private static final int FIRST_BYTES = 64 * 1024;

  private final S3Client s3;
  private final String bucket;
  private final String key;
  private final String contentType;
  private final Executor background;
  private final List<CompletedPart> parts = new ArrayList<>();
  private byte[] part = new byte[FIRST_BYTES];
  private byte[] spare;
  private int length;
  private String uploadId; // null until there is more than one part
  private CompletableFuture<CompletedPart> sending;
  private boolean ended;

  /**
   * @param background runs what is sent while this is filled
   */
  public ObjectWriter(
      S3Client s3, String bucket, String key, String contentType, Executor background) {
    this.s3 = s3;
    this.bucket = bucket;
    this.key = key;
    this.contentType = contentType;
    this.background = background;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  /**
   * Takes bytes; none after the end.
   *
   * @throws ServiceFailure when a part before was not taken
   */
  @Override
  public void write(byte[] source, int offset, int count) {
    int from = offset;
    int left = ended ? 0 : count;
    while (left > 0) {
      if (length == part.length) {
        if (length < PART_BYTES) {
          part = Arrays.copyOf(part, Math.min(PART_BYTES, 4 * length));
        } else {
          sendPart();
        }
      }
      int now = Math.min(left, part.length - length);
      System.arraycopy(source, from, part, length, now);
      length += now;
      from += now;
      left -= now;
    }
  }

  private void sendPart() {
    if (uploadId == null) {
      uploadId =
          call(
              () ->
                  s3.createMultipartUpload(
                          create ->
                              create
                                  .bucket(bucket)
                                  .key(key)
                                  .contentType(contentType)
                                  .checksumAlgorithm(ChecksumAlgorithm.CRC32))
                      .uploadId());
    }
    awaitPart();
    byte[] full = part;
    int fullLength = length;
    int number = parts.size() + 1;
    sending = CompletableFuture.supplyAsync(() -> send(full, fullLength, number), background);
    part = spare == null ? new byte[PART_BYTES] : spare;
    spare = full;
    length = 0;
  }

  private CompletedPart send(byte[] full, int fullLength, int number) {
    UploadPartResponse answer =
        call(
            () ->
                s3.uploadPart(
                    put ->
                        put.bucket(bucket)
                            .key(key)
                            .uploadId(uploadId)
                            .partNumber(number)
                            .checksumAlgorithm(ChecksumAlgorithm.CRC32),
                    body(full, fullLength)));
    return CompletedPart.builder()
        .partNumber(number)
        .eTag(answer.eTag())
        .checksumCRC32(answer.checksumCRC32())
        .build();
  }

  /** Without a copy. */
  private static RequestBody body(byte[] full, int fullLength) {
    return RequestBody.fromInputStream(new ByteArrayInputStream(full, 0, fullLength), fullLength);
  }

  private void awaitPart() {
    if (sending == null) {
      return;
    }
    try {
      parts.add(sending.join());
    } catch (CompletionException e) {
      if (e.getCause() instanceof ServiceFailure failure) {
        throw failure;
      }
      throw e;
    } finally {
      sending = null;
    }
  }

  /**
   * Puts the object, in place of what is there.
   *
   * @throws ServiceFailure when it is not there
   */
  public void finish() {
    if (uploadId == null) {
      call(
          () ->
              s3.putObject(
                  put -> put.bucket(bucket).key(key).contentType(contentType), body(part, length)));
    } else {
      if (length > 0) {
        sendPart();
      }
      awaitPart();
      call(
          () ->
              s3.completeMultipartUpload(
                  complete ->
                      complete
                          .bucket(bucket)
                          .key(key)
                          .uploadId(uploadId)
                          .multipartUpload(upload -> upload.parts(parts))));
    }
    ended = true;
  }

  private <T> T call(Supplier<T> call) {
    return ServiceFailure.orThrow("s3:PutObject", "arn:aws:s3:::" + bucket + '/' + key, call);
  }

  /** Forgets all parts unless the object is there; what S3 does not forget, its life cycle does. */
  @Override
  public void close() {
    if (ended) {
      return;
    }
    ended = true;
    try {
      awaitPart();
    } catch (RuntimeException notSent) {
      // it is given up anyway
    }
    if (uploadId != null) {
      try {
        s3.abortMultipartUpload(abort -> abort.bucket(bucket).key(key).uploadId(uploadId));
      } catch (RuntimeException notAborted) {
        // The failure that led here is the one to tell; a life cycle rule ends the upload.
      }
    }
  }
}
