package dev.sluice.consumer.sinks;

import java.util.Locale;

/** A place that enriched lines go to. */
public enum SinkKind {
  /** Objects in S3: exactly once. */
  S3,
  /** Another Kinesis stream. */
  KINESIS,
  /** A Firehose stream that takes direct puts. */
  FIREHOSE,
  /** A file of this machine. */
  FILE,
  /** Standard output. */
  STDOUT;

  /** The word in settings, such as {@code s3}. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
