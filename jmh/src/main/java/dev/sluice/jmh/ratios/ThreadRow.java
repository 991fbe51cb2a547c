package dev.sluice.jmh.ratios;

import dev.sluice.jmh.measure.Medians;
import dev.sluice.jmh.measure.Subject;
import dev.sluice.jmh.measure.Timing;
import dev.sluice.jmh.measure.TwoThreads;
import java.util.ArrayList;

/** Whether a second thread costs nothing but its core. */
final class ThreadRow {
  private static final String NAME = "two threads / two processes, zipf";

  /** Above its end only one thing is certain: that somebody else was using the cores. */
  private static final Bound BOUND = new Bound(0.9, 1.25);

  private ThreadRow() {}

  static Row measure(int rounds, Timing timing) {
    if (Runtime.getRuntime().availableProcessors() < 2) {
      return Row.skipped(NAME, BOUND, "this machine has one core");
    }
    Subject ours = Subject.pipeline("zipf", "ours");
    var ratios = new ArrayList<Double>();
    for (int round = 0; round < rounds; round++) {
      double threads = TwoThreads.oneProcess(ours, timing);
      ratios.add(threads / TwoThreads.twoProcesses(ours, timing));
    }
    return Row.of(NAME, Medians.of(ratios), BOUND, "");
  }
}
