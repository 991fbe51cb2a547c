package dev.sluice.consumer.model;

import dev.sluice.enricher.LineEnricher;
import java.util.ArrayList;
import java.util.List;

/** Runs interleavings by their seeds, one after the other. For one thread. */
public final class Interleavings implements AutoCloseable {
  private static final int MAX_STEPS = Integer.MAX_VALUE;

  private final LineEnricher lines = LogLines.newEnricher();
  private final Unzip unzip = new Unzip();
  private Actors actors = new Actors();

  /**
   * What rule an interleaving breaks.
   *
   * @return null if it breaks none
   */
  public String violation(long seed) {
    return violation(seed, MAX_STEPS, null);
  }

  private String violation(long seed, int maxSteps, List<String> trace) {
    var world = new World(seed, actors, lines, unzip, trace);
    var schedule = new Schedule(world, maxSteps);
    actors.follow(schedule::step);
    if (world.violation().isEmpty()) {
      return null;
    }
    actors.close(); // some are in the middle of their work
    actors = new Actors();
    return world.violation().get().getMessage();
  }

  /** The same interleaving with as few steps as break a rule, told step by step. */
  public String story(long seed) {
    String broken = null;
    int steps = -1;
    while (broken == null && steps < Plan.MAX_STEPS) {
      steps++;
      broken = violation(seed, steps, null);
    }
    var trace = new ArrayList<String>();
    violation(seed, steps, trace);
    return "seed "
        + seed
        + ", "
        + steps
        + " steps with faults: "
        + broken
        + '\n'
        + String.join("\n", trace);
  }

  @Override
  public void close() {
    actors.close();
  }
}
