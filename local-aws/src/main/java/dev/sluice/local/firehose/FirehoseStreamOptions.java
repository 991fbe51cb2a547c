package dev.sluice.local.firehose;

import dev.sluice.local.kinesis.StreamTail;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How a Firehose stream is configured. Start from {@link #to}.
 *
 * @param name of the Firehose stream
 * @param bucket where everything goes
 * @param prefix of delivered objects, with the service's expressions; yyyy/MM/dd/HH/ is appended
 *     when it has none of time
 * @param errorPrefix of processing-failed documents; by default the prefix, processing-failed/ and
 *     the time
 * @param bufferBytes a batch for the function has so much data at most, 0.2 to 3 MiB
 * @param bufferInterval a batch waits so long at most, 0 to 900 s
 * @param transformation empty: records are delivered as they come
 * @param source empty: records come by direct put
 * @param compression of the objects
 */
public record FirehoseStreamOptions(
    String name,
    String bucket,
    String prefix,
    Optional<String> errorPrefix,
    long bufferBytes,
    Duration bufferInterval,
    Optional<Transformation> transformation,
    Optional<StreamTail> source,
    Compression compression) {

  /** How objects are packed, documents about failures included. */
  public enum Compression {
    UNCOMPRESSED(""),
    GZIP(".gz");

    private final String extension;

    Compression(String extension) {
      this.extension = extension;
    }

    /** End of an object's name (Firehose, "Configure Amazon S3 object name format"). */
    String extension() {
      return extension;
    }
  }

  /**
   * Bounds and defaults of the hints: Firehose, "Transform source data in Amazon Data Firehose".
   */
  private static final long BUFFER_BYTES_MIN = (1L << 20) / 5;

  private static final long BUFFER_BYTES_MAX = 3L << 20;
  private static final long DEFAULT_BUFFER_BYTES = 1L << 20;
  private static final Duration INTERVAL_MAX = Duration.ofSeconds(900);
  private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(60);

  public FirehoseStreamOptions {
    Objects.requireNonNull(bucket, "bucket");
    Objects.requireNonNull(transformation, "transformation");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(compression, "compression");
    if (!name.matches("[a-zA-Z0-9_.-]{1,64}")) {
      throw new IllegalArgumentException("no name of a Firehose stream: " + name);
    }
    if (bufferBytes < BUFFER_BYTES_MIN || bufferBytes > BUFFER_BYTES_MAX) {
      throw new IllegalArgumentException("bufferBytes out of range: " + bufferBytes);
    }
    if (bufferInterval.isNegative() || bufferInterval.compareTo(INTERVAL_MAX) > 0) {
      throw new IllegalArgumentException("bufferInterval out of range: " + bufferInterval);
    }
    S3Prefix.ofData(prefix);
    S3Prefix.ofErrors(prefix, errorPrefix);
  }

  /** Direct put, no function, no prefix, 1 MiB or 60 s. */
  public static FirehoseStreamOptions to(String name, String bucket) {
    return new FirehoseStreamOptions(
        name,
        bucket,
        "",
        Optional.empty(),
        DEFAULT_BUFFER_BYTES,
        DEFAULT_INTERVAL,
        Optional.empty(),
        Optional.empty(),
        Compression.UNCOMPRESSED);
  }

  public FirehoseStreamOptions withPrefix(String changed) {
    return new FirehoseStreamOptions(
        name,
        bucket,
        changed,
        errorPrefix,
        bufferBytes,
        bufferInterval,
        transformation,
        source,
        compression);
  }

  /** Both at once, because a prefix with expressions needs an error prefix. */
  public FirehoseStreamOptions withPrefixes(String changed, String changedErrorPrefix) {
    return new FirehoseStreamOptions(
        name,
        bucket,
        changed,
        Optional.of(changedErrorPrefix),
        bufferBytes,
        bufferInterval,
        transformation,
        source,
        compression);
  }

  public FirehoseStreamOptions withBuffer(long changedBytes, Duration changedInterval) {
    return new FirehoseStreamOptions(
        name,
        bucket,
        prefix,
        errorPrefix,
        changedBytes,
        changedInterval,
        transformation,
        source,
        compression);
  }

  public FirehoseStreamOptions withTransformation(Transformation changed) {
    return new FirehoseStreamOptions(
        name,
        bucket,
        prefix,
        errorPrefix,
        bufferBytes,
        bufferInterval,
        Optional.of(changed),
        source,
        compression);
  }

  /** Records come from a stream, and puts are refused. */
  public FirehoseStreamOptions withSource(StreamTail changed) {
    return new FirehoseStreamOptions(
        name,
        bucket,
        prefix,
        errorPrefix,
        bufferBytes,
        bufferInterval,
        transformation,
        Optional.of(changed),
        compression);
  }

  public FirehoseStreamOptions withCompression(Compression changed) {
    return new FirehoseStreamOptions(
        name,
        bucket,
        prefix,
        errorPrefix,
        bufferBytes,
        bufferInterval,
        transformation,
        source,
        changed);
  }
}
