package dev.sluice.firehose.tracing;

import dev.sluice.firehose.event.FirehoseEvent;
import dev.sluice.firehose.overflow.Overflow;
import java.util.BitSet;
import java.util.function.IntSupplier;

/** A step for all calls that bring the records of an event back. */
public final class TracedOverflow implements Overflow {
  private final Overflow overflow;
  private final Tracing tracing;

  public TracedOverflow(Overflow overflow, Tracing tracing) {
    this.overflow = overflow;
    this.tracing = tracing;
  }

  @Override
  public boolean accepts(FirehoseEvent event) {
    return overflow.accepts(event);
  }

  @Override
  public BitSet take(FirehoseEvent event, int from, int to, IntSupplier remainingMillis) {
    try (TracedStep step = tracing.step("reingest")) {
      BitSet taken = overflow.take(event, from, to, remainingMillis);
      int refused = to - from - taken.cardinality();
      step.put("records_sent_back", to - from);
      step.put("records_not_taken", refused);
      if (refused > 0) {
        step.failed(refused + " of " + (to - from) + " records were not taken");
      }
      return taken;
    }
  }
}
