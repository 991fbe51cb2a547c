package dev.sluice.local.proxy;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Draws the fault of each call by the mix of the moment, and counts them. Thread-safe. */
final class FaultDice {
  private final Map<Fault, Long> counts = new EnumMap<>(Fault.class);
  private FaultMix mix = FaultMix.none();
  private RandomGenerator random = random(0);
  private CountDownLatch change = new CountDownLatch(1);

  /** A call's fault, and the mix that it comes from. */
  record Draw(Optional<Fault> fault, FaultMix mix, CountDownLatch change) {
    boolean is(Fault wanted) {
      return fault.isPresent() && fault.get() == wanted;
    }

    /** Waits that long, or until another mix is set. */
    void await(Duration longest) throws InterruptedException {
      change.await(longest.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /** From now on; who waits because of the mix before goes on. */
  synchronized void set(FaultMix newMix) {
    mix = newMix;
    random = random(newMix.seed());
    change.countDown();
    change = new CountDownLatch(1);
  }

  /** Whether a new connection is refused. */
  synchronized boolean refuses() {
    boolean refused = mix.share(Fault.REFUSE) > 0 && random.nextDouble() < mix.share(Fault.REFUSE);
    if (refused) {
      count(Fault.REFUSE);
    }
    return refused;
  }

  /**
   * The fault of the next call.
   *
   * @param http1 whether an answer can be made in the server's place
   */
  synchronized Draw call(boolean http1) {
    Optional<Fault> fault = draw().filter(drawn -> http1 || !isAnswer(drawn));
    fault.ifPresent(this::count);
    return new Draw(fault, mix, change);
  }

  private static boolean isAnswer(Fault fault) {
    return fault == Fault.ERROR || fault == Fault.THROTTLE;
  }

  private Optional<Fault> draw() {
    if (mix.shares().isEmpty()) {
      return Optional.empty();
    }
    double left = random.nextDouble();
    for (Fault fault : Fault.values()) {
      if (fault != Fault.REFUSE) {
        left -= mix.share(fault);
        if (left < 0) {
          return Optional.of(fault);
        }
      }
    }
    return Optional.empty();
  }

  private void count(Fault fault) {
    counts.merge(fault, 1L, Long::sum);
  }

  synchronized Map<Fault, Long> counts() {
    return Map.copyOf(counts);
  }
}
