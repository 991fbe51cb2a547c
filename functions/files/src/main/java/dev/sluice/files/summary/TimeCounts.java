package dev.sluice.files.summary;

import java.util.Arrays;

/**
 * Counts of lines by time, in at most {@value #MAX_STEPS} steps: the steps become longer when the
 * lines reach further. Not thread-safe.
 */
final class TimeCounts {
  static final int MAX_STEPS = 200;

  /** Each divides the next. */
  private static final long[] STEP_SECONDS = {60, 300, 3_600, 21_600, 86_400, 604_800};

  private final long[] counts = new long[MAX_STEPS];
  private int step; // index in STEP_SECONDS
  private long first; // number of the step of counts[0], counted from 1970
  private int length;
  private long outside;

  /** Counts a line of that second since 1970. */
  void count(long seconds) {
    while (!fits(Math.floorDiv(seconds, stepSeconds()))) {
      if (step == STEP_SECONDS.length - 1) {
        outside++; // nearly four years from another line of the same file
        return;
      }
      lengthen();
    }
    long number = Math.floorDiv(seconds, stepSeconds());
    if (length == 0) {
      first = number;
    } else if (number < first) {
      int shift = (int) (first - number);
      System.arraycopy(counts, 0, counts, shift, length);
      Arrays.fill(counts, 0, shift, 0);
      first = number;
      length += shift;
    }
    int index = (int) (number - first);
    length = Math.max(length, index + 1);
    counts[index]++;
  }

  private boolean fits(long number) {
    return length == 0
        || Math.max(first + length - 1, number) - Math.min(first, number) < MAX_STEPS;
  }

  private void lengthen() {
    long before = stepSeconds();
    step++;
    int ratio = (int) (stepSeconds() / before);
    long[] old = Arrays.copyOf(counts, length);
    long oldFirst = first;
    Arrays.fill(counts, 0);
    first = Math.floorDiv(oldFirst, ratio);
    for (int i = 0; i < old.length; i++) {
      int index = (int) (Math.floorDiv(oldFirst + i, ratio) - first);
      counts[index] += old[i];
      length = index + 1;
    }
  }

  long stepSeconds() {
    return STEP_SECONDS[step];
  }

  /** Where the first step begins, in seconds since 1970. */
  long firstSeconds() {
    return first * stepSeconds();
  }

  /** One for each step from the first on, without a gap; none before the first line. */
  long[] counts() {
    return Arrays.copyOf(counts, length);
  }

  /** Lines too far from the others. */
  long outside() {
    return outside;
  }
}
