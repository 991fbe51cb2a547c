package dev.sluice.enricher.steps;

import java.time.Duration;

/**
 * When a host is out of the ordinary: docs/steps.md.
 *
 * @param window length of the intervals of event time in which requests are counted
 * @param baselineWindows windows after which a past one weighs half
 * @param deviations standard deviations above the baseline from which a window is flagged
 * @param minRequests requests of a host in a window below which nothing is flagged
 * @param hosts hosts remembered
 */
public record AnomalySettings(
    Duration window, int baselineWindows, int deviations, int minRequests, int hosts) {
  public static final Duration DEFAULT_WINDOW = Duration.ofMinutes(1);
  public static final Duration MAX_WINDOW = Duration.ofDays(1);
  public static final int DEFAULT_BASELINE_WINDOWS = 30;
  public static final int DEFAULT_DEVIATIONS = 4;
  public static final int DEFAULT_MIN_REQUESTS = 20;
  public static final int DEFAULT_HOSTS = 10_000;

  /** At 64 bytes each, 640 MB: a bound for the setting, no recommendation. */
  public static final int MAX_HOSTS = 10_000_000;
}
