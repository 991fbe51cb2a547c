package dev.sluice.consumer.model;

import dev.sluice.consumer.tiles.RetryPolicy;
import dev.sluice.consumer.tiles.TileLimits;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * What may happen in one interleaving, and how often: some are calm, so that rare orders are not
 * drowned in failures.
 *
 * @param steps of the time of faults
 * @param workers most at the same time
 * @param holdUp how often, in percent, an actor is held up where it could be
 * @param storeFaults calls of the store that fail, in percent
 * @param leaseFaults calls of the lease table that fail, in percent
 * @param kills whether processes die
 * @param stops whether processes are told to stop
 * @param expiry whether records that are committed expire; all of them have one time directory then
 * @param foreignObjects whether somebody else's objects lie in the way
 * @param damage whether batches come that nobody can read
 * @param otherSink whether lines go into a sink besides the store
 */
record Plan(
    int steps,
    int workers,
    int holdUp,
    int storeFaults,
    int leaseFaults,
    boolean kills,
    boolean stops,
    boolean expiry,
    boolean foreignObjects,
    boolean damage,
    boolean otherSink,
    TileLimits limits,
    RetryPolicy retries) {
  static final int MAX_STEPS = 100;
  private static final int[] HOLD_UPS = {0, 2, 12};
  private static final int[] FAULTS = {0, 3, 10, 30};

  static Plan draw(SplittableRandom random) {
    return new Plan(
        20 + random.nextInt(MAX_STEPS - 20),
        2 + random.nextInt(2),
        HOLD_UPS[random.nextInt(HOLD_UPS.length)],
        FAULTS[random.nextInt(FAULTS.length)],
        FAULTS[random.nextInt(FAULTS.length)],
        random.nextInt(3) > 0,
        random.nextInt(3) > 0,
        random.nextInt(4) == 0,
        random.nextInt(6) == 0,
        random.nextInt(8) == 0,
        random.nextInt(8) == 0,
        new TileLimits(
            random.nextInt(4) == 0 ? 300 : 10_000, 1 + random.nextInt(5), Duration.ofSeconds(60)),
        new RetryPolicy(2 + random.nextInt(4), Duration.ofMillis(200), Duration.ofSeconds(1)));
  }
}
