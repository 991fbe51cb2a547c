package dev.sluice.jmh.consumer;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.GZIPInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What a reader has written into its bucket. */
final class Output {
  /** Folder of the lines. */
  static final String PREFIX = "enriched";

  private static final int BUFFER_BYTES = 1 << 16;

  private final S3Client s3;
  private final String bucket;

  Output(S3Client s3, String bucket) {
    this.s3 = s3;
    this.bucket = bucket;
    s3.createBucket(r -> r.bucket(bucket));
  }

  String bucket() {
    return bucket;
  }

  /** Keys of all objects with lines, of rejected ones too: there must be none. */
  List<String> keys() {
    return s3.listObjectsV2Paginator(r -> r.bucket(bucket).prefix(PREFIX + '/')).contents().stream()
        .map(S3Object::key)
        .filter(key -> key.endsWith(".gz"))
        .toList();
  }

  /** Reads all objects; answers how many lines they have. */
  long lines() {
    return keys().stream().filter(key -> !key.contains("/rejects/")).mapToLong(this::lines).sum();
  }

  private long lines(String key) {
    byte[] buffer = new byte[BUFFER_BYTES];
    long lines = 0;
    try (InputStream object = s3.getObject(r -> r.bucket(bucket).key(key));
        var unzipped = new GZIPInputStream(new BufferedInputStream(object))) {
      for (int length = unzipped.read(buffer); length >= 0; length = unzipped.read(buffer)) {
        for (int i = 0; i < length; i++) {
          if (buffer[i] == '\n') {
            lines++;
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + key, e);
    }
    return lines;
  }
}
