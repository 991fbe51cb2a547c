package dev.sluice.local.proxy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Phases of trouble with quiet ones between them, the last one quiet: what a test plays while its
 * load runs, before it looks whether everything has arrived.
 */
public record FaultSchedule(List<Phase> phases) {
  private static final double SHARE_MIN = 0.1;

  /** A mix and how long it lasts. */
  public record Phase(FaultMix mix, Duration length) {}

  /** Waits, or lets a test's clock go on. */
  @FunctionalInterface
  public interface Pause {
    void pause(Duration length) throws InterruptedException;
  }

  public FaultSchedule {
    phases = List.copyOf(phases);
  }

  /**
   * A schedule that is the same for the same arguments: each phase of trouble has one fault, which
   * a share of 10 to 100 % of the calls meets.
   *
   * @param troubles phases of trouble
   * @param longest of a phase, quiet ones included; none is shorter than a tenth of it
   * @param kinds the faults to choose from, REFUSE among them if wanted
   */
  public static FaultSchedule seeded(long seed, int troubles, Duration longest, Fault... kinds) {
    if (kinds.length == 0 || troubles < 0) {
      throw new IllegalArgumentException("no faults to choose from, or less than none of them");
    }
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    var phases = new ArrayList<Phase>();
    for (int i = 0; i < troubles; i++) {
      Fault fault = kinds[random.nextInt(kinds.length)];
      double share = SHARE_MIN + (1 - SHARE_MIN) * random.nextDouble();
      Duration length = length(random, longest);
      FaultMix mix =
          FaultMix.none().with(fault, share).withSeed(random.nextLong()).withHang(length);
      phases.add(new Phase(mix, length));
      phases.add(new Phase(FaultMix.none(), length(random, longest)));
    }
    return new FaultSchedule(phases);
  }

  private static Duration length(RandomGenerator random, Duration longest) {
    long millis = longest.toMillis();
    return Duration.ofMillis(millis / 10 + (long) (random.nextDouble() * (millis - millis / 10)));
  }

  /** Plays the phases in this thread; when it returns, or throws, there are no faults. */
  public void play(FaultProxy proxy, Pause pause) throws InterruptedException {
    try {
      for (Phase phase : phases) {
        proxy.set(phase.mix());
        pause.pause(phase.length());
      }
    } finally {
      proxy.clear();
    }
  }
}
