package dev.sluice.fanout;

/** What is done with a stream; each mode reads it for itself. */
public enum FanOutMode {
  /** Enriched lines. */
  ENRICH,
  /** Messages to SNS when rules hold, at least once. */
  ALERTS,
  /** Counts by minute to CloudWatch, at least once. */
  METRICS
}
