package dev.sluice.files.output;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Executor;
import software.amazon.awssdk.services.s3.S3Client;

/** The objects of one log: enriched lines, and rejected ones where there are any. */
public final class LogObjects implements AutoCloseable {
  private static final String GZIP = "application/gzip";
  private static final String JSON = "application/json";

  private final S3Client s3;
  private final String bucket;
  private final OutputKeys keys;
  private final int gzipLevel;
  private final Executor background;
  private final GzipObject enriched;
  private GzipObject rejects; // null until there is one

  public LogObjects(S3Client s3, String bucket, OutputKeys keys, int gzipLevel, Executor background)
      throws IOException {
    this.s3 = s3;
    this.bucket = bucket;
    this.keys = keys;
    this.gzipLevel = gzipLevel;
    this.background = background;
    enriched = object(keys.enriched());
  }

  private GzipObject object(String key) throws IOException {
    return new GzipObject(new ObjectWriter(s3, bucket, key, GZIP, background), gzipLevel);
  }

  /** Takes lines of JSON. */
  public void enriched(byte[] bytes, int length) throws IOException {
    enriched.write(bytes, length);
  }

  /** Takes documents about rejected lines. */
  public void rejected(byte[] bytes, int length) throws IOException {
    if (rejects == null) {
      rejects = object(keys.rejects());
    }
    rejects.write(bytes, length);
  }

  /** Puts all that there is, the summary last. */
  public void finish(byte[] summary) throws IOException {
    enriched.finish();
    if (rejects != null) {
      rejects.finish();
    }
    try (var object = new ObjectWriter(s3, bucket, keys.summary(), JSON, background)) {
      object.write(summary, 0, summary.length);
      object.finish();
    }
  }

  /** Where the rejected lines are; empty where no line was rejected. */
  public Optional<String> rejectsKey() {
    return rejects == null ? Optional.empty() : Optional.of(keys.rejects());
  }

  /** Gives up what has not been put. */
  @Override
  public void close() throws IOException {
    try {
      enriched.close();
    } finally {
      if (rejects != null) {
        rejects.close();
      }
    }
  }
}
