package dev.sluice.jmh.measure;

/**
 * How long a run takes.
 *
 * @param cpuMillis warm-up by processor time, at least; see {@link CpuWarmup}
 * @param warmups iterations before those that count
 * @param iterations iterations that count
 * @param millis length of an iteration, in milliseconds
 */
public record Timing(int cpuMillis, int warmups, int iterations, int millis) {

  /**
   * What {@code make ratios} takes. Of five iterations the middle one counts: what is compiled late
   * all the same most often spoils no more than two of them.
   */
  public static final Timing NORMAL = new Timing(4_000, 2, 5, 1_000);

  /** Just enough to see that a benchmark runs. */
  public static final Timing SMOKE = new Timing(0, 1, 1, 100);
}
