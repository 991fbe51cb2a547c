package dev.sluice.producers;

import java.util.OptionalLong;

/**
 * When each line is due, in nanoseconds after the start; never before the line that came before it.
 * Asked by one thread, once for each line in their order.
 */
interface DueTimes {
  long next(byte[] line, int length);

  static DueTimes of(Pace pace) {
    if (pace instanceof Pace.LinesPerSecond even) {
      return new Even(even.linesPerSecond());
    }
    if (pace instanceof Pace.AsLogged logged) {
      return new Logged(logged);
    }
    return (line, length) -> 0;
  }

  /** The n-th line is due n/rate seconds after the start. */
  final class Even implements DueTimes {
    private static final double NANOS_PER_SECOND = 1e9;

    private final double linesPerSecond;
    private long lines;

    Even(double linesPerSecond) {
      this.linesPerSecond = linesPerSecond;
    }

    @Override
    public long next(byte[] line, int length) {
      lines++;
      return (long) (lines / linesPerSecond * NANOS_PER_SECOND);
    }
  }

  /** Steps from time to time of the log; a step back is none. */
  final class Logged implements DueTimes {
    private static final double NANOS_PER_MILLI = 1e6;

    private final Pace.AsLogged pace;
    private final double maxStepNanos;
    private double due;
    private OptionalLong latestMillis = OptionalLong.empty();

    Logged(Pace.AsLogged pace) {
      this.pace = pace;
      maxStepNanos = pace.maxGap().toMillis() * NANOS_PER_MILLI;
    }

    @Override
    public long next(byte[] line, int length) {
      OptionalLong time = pace.times().timeOf(line, length);
      if (time.isPresent()) {
        long millis = time.getAsLong();
        long latest = latestMillis.orElse(millis);
        if (millis >= latest) {
          double step = ((double) millis - latest) * NANOS_PER_MILLI / pace.speed();
          due += Math.min(step, maxStepNanos);
          latestMillis = time;
        }
      }
      return (long) due;
    }
  }
}
