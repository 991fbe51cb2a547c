package dev.sluice.jmh.measure;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;

/**
 * Warm-up by processor time, before JMH's own by the clock: on a busy machine seconds on the clock
 * warm nothing. It goes on until the JVM's compilers have little to do any more: what is still
 * being compiled is measured as too slow, and of all that takes part that is the neighbour with the
 * most code, which would flatter us.
 */
public final class CpuWarmup {
  /** System property: milliseconds of processor time of the thread, at least; 0 by default. */
  static final String MILLIS = "sluice.jmh.warmup.millis";

  /** The warm-up ends after so many times {@link #MILLIS}, whatever the compilers do. */
  private static final int MOST_TIMES = 6;

  /** For so long, in milliseconds of the thread's processor time, compilers are watched at once. */
  private static final int SLICE_MILLIS = 1_000;

  /** Compilers are quiet that took no more of a slice. */
  private static final double QUIET_SHARE = 0.03;

  /** So many slices in a row: a long compilation is counted when it ends. */
  private static final int QUIET_SLICES = 2;

  /** So many operations between two looks at the time. */
  private static final int OPERATIONS = 32;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final CompilationMXBean COMPILERS = ManagementFactory.getCompilationMXBean();

  private CpuWarmup() {}

  /** Runs the operation again and again on this thread. */
  public static void run(Runnable operation) {
    int least = Integer.getInteger(MILLIS, 0);
    int spent = runFor(least, operation);
    int quiet = 0;
    while (quiet < QUIET_SLICES && spent < MOST_TIMES * least) {
      long compiledBefore = COMPILERS.getTotalCompilationTime();
      int slice = runFor(SLICE_MILLIS, operation);
      long compiled = COMPILERS.getTotalCompilationTime() - compiledBefore;
      quiet = compiled <= QUIET_SHARE * slice ? quiet + 1 : 0;
      spent += slice;
    }
  }

  /** Runs the operation for so long; the processor time that it took, in milliseconds. */
  private static int runFor(int millis, Runnable operation) {
    long start = THREADS.getCurrentThreadCpuTime();
    long spent = 0;
    while (spent < TimeUnit.MILLISECONDS.toNanos(millis)) {
      for (int i = 0; i < OPERATIONS; i++) {
        operation.run();
      }
      spent = THREADS.getCurrentThreadCpuTime() - start;
    }
    return Math.toIntExact(TimeUnit.NANOSECONDS.toMillis(spent));
  }
}
