package dev.sluice.enricher.steps;

/**
 * What past windows looked like: means of requests and of errors and the variance of requests, in
 * which each window weighs less than the one after it. Shared arithmetic for hosts and for all of
 * them; the numbers themselves lie in an array, {@value #SIZE} from a given index.
 */
final class Baseline {
  /** Numbers of one baseline. */
  static final int SIZE = 4;

  /** Windows that a baseline needs before anything is measured by it. */
  static final int LEAST_WINDOWS = 5;

  private static final int REQUESTS = 0;
  private static final int VARIANCE = 1;
  private static final int ERRORS = 2;
  private static final int WINDOWS = 3;

  /** Share of errors below which a baseline does not count as steady. */
  private static final double LEAST_SHARE = 0.01;

  private final double weight;
  private final double deviations;

  Baseline(AnomalySettings settings) {
    weight = 1 - Math.pow(0.5, 1.0 / settings.baselineWindows());
    deviations = settings.deviations();
  }

  void reset(double[] numbers, int at) {
    for (int i = 0; i < SIZE; i++) {
      numbers[at + i] = 0;
    }
  }

  /**
   * Adds a window that is over. The first windows weigh alike: one of n windows weighs 1/n until
   * that is less than the weight of any later one.
   *
   * @param varianceInside of the requests that the window's mean is of; 0 for a single count
   */
  void add(double[] numbers, int at, double requests, double errors, double varianceInside) {
    double windows = numbers[at + WINDOWS] + 1;
    double share = Math.max(weight, 1 / windows);
    double difference = requests - numbers[at + REQUESTS];
    numbers[at + REQUESTS] += share * difference;
    numbers[at + VARIANCE] =
        (1 - share) * (numbers[at + VARIANCE] + share * difference * difference)
            + share * varianceInside;
    numbers[at + ERRORS] += share * (errors - numbers[at + ERRORS]);
    numbers[at + WINDOWS] = windows;
  }

  boolean isReady(double[] numbers, int at) {
    return numbers[at + WINDOWS] >= LEAST_WINDOWS;
  }

  /**
   * Whether so many requests are too many. Chance alone scatters counts by the root of their mean
   * (Poisson), so no smaller deviation is believed.
   */
  boolean isRequestRateHigh(double[] numbers, int at, int requests) {
    double mean = numbers[at + REQUESTS];
    double deviation = Math.sqrt(Math.max(Math.max(numbers[at + VARIANCE], mean), 1));
    return requests > mean + deviations * deviation;
  }

  /** Whether so many of the requests are too many errors, as chance scatters shares (binomial). */
  boolean isErrorRateHigh(double[] numbers, int at, int requests, int errors) {
    double mean = numbers[at + REQUESTS];
    double share = mean > 0 ? numbers[at + ERRORS] / mean : 0;
    share = Math.min(Math.max(share, LEAST_SHARE), 1);
    double deviation = Math.sqrt(share * (1 - share) * requests);
    return errors > share * requests + deviations * deviation;
  }
}
