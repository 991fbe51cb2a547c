package dev.sluice.system;

import dev.sluice.local.proxy.FaultMix;
import dev.sluice.local.proxy.FaultProxy;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/** A fault that lasts while lines flow, and the way back from it. */
final class Outage {
  private final Scenario scenario;
  private final ConsumerProcess consumer;
  private final double recoverySecondsMax;

  /**
   * @param recoverySecondsMax bar of the time after which everything is in S3 that was sent until
   *     the end of the outage
   */
  Outage(Scenario scenario, ConsumerProcess consumer, double recoverySecondsMax) {
    this.scenario = scenario;
    this.consumer = consumer;
    this.recoverySecondsMax = recoverySecondsMax;
  }

  /** Nobody listens. */
  void refused(String what, FaultProxy proxy, BooleanSupplier atLeastUntil) {
    play(
        what,
        () -> proxy.refuseConnections(true),
        () -> proxy.refuseConnections(false),
        atLeastUntil);
  }

  /** Calls meet faults; connections that are open are reset first. */
  void faulty(String what, FaultProxy proxy, FaultMix mix, BooleanSupplier atLeastUntil) {
    play(
        what,
        () -> {
          proxy.set(mix.withSeed(scenario.random().nextLong()));
          proxy.resetConnections();
        },
        proxy::clear,
        atLeastUntil);
  }

  /**
   * Lets it last as long as the form of this run says, and until a condition holds, then waits
   * until the consumer has caught up.
   */
  void play(String what, Runnable begin, Runnable end, BooleanSupplier atLeastUntil) {
    begin.run();
    long begun = System.nanoTime();
    consumer.letRun(FaultForm.ofThisRun().outage());
    consumer.await(what + " is noticed", atLeastUntil);
    double lasted = Report.secondsSince(begun);
    end.run();
    long ended = System.nanoTime();
    long sent = scenario.acceptedLines();
    consumer.await("caught up after " + what, () -> scenario.output().lines() >= sent);
    scenario.measured(
        String.format(Locale.ROOT, "caught up after %s for %.0f s", what, lasted),
        ended,
        recoverySecondsMax);
  }
}
