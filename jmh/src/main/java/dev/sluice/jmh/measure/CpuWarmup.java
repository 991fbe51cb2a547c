package dev.sluice.jmh.measure;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;

/**
 * Warm-up by processor time, before JMH's own by the clock: on a busy machine seconds on the clock
 * warm nothing.
 */
public final class CpuWarmup {
  /** System property: milliseconds of processor time of the thread; 0 by default. */
  static final String MILLIS = "sluice.jmh.warmup.millis";

  /** So many operations between two looks at the time. */
  private static final int OPERATIONS = 32;

  private CpuWarmup() {}

  /** Runs the operation again and again on this thread. */
  public static void run(Runnable operation) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long end =
        threads.getCurrentThreadCpuTime() + TimeUnit.MILLISECONDS.toNanos(Long.getLong(MILLIS, 0));
    while (threads.getCurrentThreadCpuTime() < end) {
      for (int i = 0; i < OPERATIONS; i++) {
        operation.run();
      }
    }
  }
}
