package dev.sluice.enricher;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Tells whether work allocates nothing once it is warm. */
public final class AllocationProbe {
  /** Rounds until the JIT compiler must have been there; one is enough as a rule. */
  private static final int MAX_ROUNDS = 1_000;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private AllocationProbe() {}

  /** Bytes that one round of the work allocates on this thread, at best. */
  public static long bytesOnceWarm(Runnable round) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < MAX_ROUNDS && least > 0; i++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      round.run();
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    return least;
  }
}
