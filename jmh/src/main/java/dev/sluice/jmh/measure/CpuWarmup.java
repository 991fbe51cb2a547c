package dev.sluice.jmh.measure;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;

/**
 * Warm-up by processor time, before JMH's own by the clock: on a busy machine seconds on the clock
 * warm nothing. It goes on until the JVM's compilers have little to do any more: what is still
 * being compiled is measured as too slow, and of all that takes part that is the neighbour with the
 * most code, which would flatter us. Of large operations there are few in that time, and what runs
 * once in each would be compiled while they are measured: so they are counted too.
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

  /**
   * So many operations at least, while the time lasts: HotSpot's second compiler takes what was
   * called 5,000 times ({@code Tier4InvocationThreshold}), and needs some time for it.
   */
  private static final int LEAST_OPERATIONS = 6_000;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final CompilationMXBean COMPILERS = ManagementFactory.getCompilationMXBean();

  private final Runnable operation;
  private int operations;

  private CpuWarmup(Runnable operation) {
    this.operation = operation;
  }

  /** Runs the operation again and again on this thread. */
  public static void run(Runnable operation) {
    new CpuWarmup(operation).run(Integer.getInteger(MILLIS, 0));
  }

  private void run(int least) {
    int spent = runFor(least);
    int quiet = 0;
    while ((quiet < QUIET_SLICES || operations < LEAST_OPERATIONS) && spent < MOST_TIMES * least) {
      long compiledBefore = COMPILERS.getTotalCompilationTime();
      int slice = runFor(SLICE_MILLIS);
      long compiled = COMPILERS.getTotalCompilationTime() - compiledBefore;
      quiet = compiled <= QUIET_SHARE * slice ? quiet + 1 : 0;
      spent += slice;
    }
  }

  /** Runs the operation for so long; the processor time that it took, in milliseconds. */
  private int runFor(int millis) {
    long start = THREADS.getCurrentThreadCpuTime();
    long spent = 0;
    while (spent < TimeUnit.MILLISECONDS.toNanos(millis)) {
      for (int i = 0; i < OPERATIONS; i++) {
        operation.run();
      }
      operations += OPERATIONS;
      spent = THREADS.getCurrentThreadCpuTime() - start;
    }
    return Math.toIntExact(TimeUnit.NANOSECONDS.toMillis(spent));
  }
}
