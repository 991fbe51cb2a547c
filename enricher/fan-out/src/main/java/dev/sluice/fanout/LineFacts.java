package dev.sluice.fanout;

/**
 * What decisions are made from: a few facts of one enriched line.
 *
 * @param epochSeconds when the request was received, or {@link #NO_TIME}
 * @param status three digits, 0 when the line has none
 * @param anomalous whether the line has one of the warnings of docs/steps.md, "Anomaly flags"
 * @param host as it was written, masked where lines are masked; null when there is none
 * @param country null when it is not known
 * @param page null when the line names none
 * @param device type of device; null when there is no user agent
 */
public record LineFacts(
    long epochSeconds,
    int status,
    boolean anomalous,
    String host,
    String country,
    String page,
    String device) {
  /** The line does not say when it was. */
  public static final long NO_TIME = Long.MIN_VALUE;

  /** When it was received, or when it came into the stream if the line does not say. */
  long secondsOr(long arrivalSeconds) {
    return epochSeconds == NO_TIME ? arrivalSeconds : epochSeconds;
  }

  /** 2 for 2xx; 0 when the line has no status. */
  int statusClass() {
    return status / 100;
  }
}
