package dev.sluice.cli.demo;

import dev.sluice.samples.AccessLogOptions;
import dev.sluice.samples.Outage;
import dev.sluice.samples.SyntheticAccessLog;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The log of a website that fails for two minutes of half an hour, the last half hour: CloudWatch
 * takes no older times. A seed, so that it is the same but for its times.
 *
 * @param start full minute
 * @param lines in all that time
 */
record BurstLog(Instant start, int lines) {

  /** Fewer would say nothing about a minute. */
  static final int LEAST_LINES = 3_000;

  static final int MOST_LINES = 9_000;

  /** Few enough that some come back often, and are flagged while they fail. */
  private static final int VISITORS = 300;

  private static final long SEED = 503;
  private static final Duration LENGTH = Duration.ofMinutes(30);
  private static final Duration CALM_BEFORE = Duration.ofMinutes(6);
  private static final Duration FAILING = Duration.ofMinutes(2);
  private static final double FAILING_SHARE = 0.4;

  /** Random gaps do not add up to {@link #LENGTH} exactly. */
  private static final Duration MARGIN = Duration.ofMinutes(3);

  /**
   * The log of the time before a moment.
   *
   * @param wanted lines, of which it has as many as it may
   */
  static BurstLog before(Instant now, long wanted) {
    return new BurstLog(
        now.minus(LENGTH).minus(MARGIN).truncatedTo(ChronoUnit.MINUTES),
        (int) Math.max(LEAST_LINES, Math.min(MOST_LINES, wanted)));
  }

  InputStream open() {
    return new SyntheticAccessLog(
            SEED,
            AccessLogOptions.defaults()
                .withStart(start)
                .withVisitors(VISITORS)
                .withMeanGap(LENGTH.dividedBy(lines))
                .withOutage(new Outage(start.plus(CALM_BEFORE), FAILING, FAILING_SHARE)))
        .asInputStream(lines);
  }
}
