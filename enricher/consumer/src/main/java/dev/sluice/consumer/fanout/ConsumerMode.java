package dev.sluice.consumer.fanout;

/** What a consumer does with the stream; each mode is an application of its own. */
public enum ConsumerMode {
  /** Enriched lines, exactly once. */
  ENRICH,
  /** Messages to SNS when rules hold, at least once. */
  ALERTS,
  /** Counts by minute to CloudWatch, at least once. */
  METRICS
}
