package dev.sluice.enricher.steps;

/**
 * The baseline of all hosts together: what one host that is active in a window does in it. Keeps
 * sums only, whatever the number of hosts. Not thread-safe.
 */
final class AllHosts {
  private static final long NO_WINDOW = Long.MIN_VALUE;

  private final Baseline baseline;
  private final double[] numbers = new double[Baseline.SIZE];
  private long present = NO_WINDOW;
  private double hosts;
  private double requests;
  private double squares; // of the requests of each host
  private double errors;

  AllHosts(Baseline baseline) {
    this.baseline = baseline;
  }

  /** The baseline as {@link Baseline} takes it, at index 0. */
  double[] numbers() {
    return numbers;
  }

  /**
   * Counts a request.
   *
   * @param before requests of its host in the host's present window, without this one
   */
  void count(long window, int before, boolean error) {
    enter(window);
    hosts += before == 0 ? 1 : 0;
    requests++;
    squares += 2.0 * before + 1;
    errors += error ? 1 : 0;
  }

  /** A line that is a little late counts in the present window. */
  private void enter(long window) {
    if (window <= present && present - window <= AnomalyFlags.MAX_LATE_WINDOWS) {
      return;
    }
    if (present == NO_WINDOW
        || window < present
        || window - present > AnomalyFlags.MAX_EMPTY_WINDOWS) {
      baseline.reset(numbers, 0);
    } else if (hosts > 0) {
      double mean = requests / hosts;
      double variance = Math.max(0, squares / hosts - mean * mean);
      baseline.add(numbers, 0, mean, errors / hosts, variance);
    }
    present = window;
    hosts = 0;
    requests = 0;
    squares = 0;
    errors = 0;
  }
}
