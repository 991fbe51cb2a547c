package dev.sluice.producers;

import java.time.Duration;
import java.util.Objects;

/** How quickly lines leave. */
public sealed interface Pace {

  /** As quick as the service accepts. */
  record Unlimited() implements Pace {}

  /**
   * So many lines a second, evenly.
   *
   * @param linesPerSecond above 0, at most {@value ReplayOptions#MAX_LINES_PER_SECOND}
   */
  record LinesPerSecond(double linesPerSecond) implements Pace {
    public LinesPerSecond {
      if (!(linesPerSecond > 0 && linesPerSecond <= ReplayOptions.MAX_LINES_PER_SECOND)) {
        throw new IllegalArgumentException(
            "lines per second have to be above 0 and at most "
                + ReplayOptions.MAX_LINES_PER_SECOND);
      }
    }
  }

  /**
   * With the pauses between the lines' own times. A line without a time, or with an earlier one
   * than a line before it, leaves together with its predecessor.
   *
   * @param speed how much quicker than it was: 1 takes as long as it took then, 60 makes a minute
   *     of an hour; above 0, at most {@value #MAX_SPEED}
   * @param times finds a line's time
   * @param maxGap the longest wait between two lines; a longer one is cut to it, so that a single
   *     wrong date does not hold a replay for years
   */
  record AsLogged(double speed, LineTimes times, Duration maxGap) implements Pace {
    /** Quickest speed that can be asked for. */
    public static final int MAX_SPEED = 1_000_000;

    /** Longest wait between two lines unless told otherwise. */
    public static final Duration DEFAULT_MAX_GAP = Duration.ofHours(1);

    public AsLogged {
      Objects.requireNonNull(times, "times");
      if (!(speed > 0 && speed <= MAX_SPEED)) {
        throw new IllegalArgumentException("speed has to be above 0 and at most " + MAX_SPEED);
      }
      if (maxGap.isNegative()) {
        throw new IllegalArgumentException("the longest gap cannot be negative");
      }
    }
  }
}
