package dev.sluice.firehose.tracing;

import dev.sluice.firehose.deadletter.DeadLetters;
import dev.sluice.firehose.event.FirehoseEvent;
import dev.sluice.firehose.record.DeadLetter;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntSupplier;

/** A step for all calls that bring the rejected lines of an event to their queue. */
public final class TracedDeadLetters implements DeadLetters {
  private final DeadLetters deadLetters;
  private final Tracing tracing;

  public TracedDeadLetters(DeadLetters deadLetters, Tracing tracing) {
    this.deadLetters = deadLetters;
    this.tracing = tracing;
  }

  @Override
  public BitSet send(FirehoseEvent event, List<DeadLetter> letters, IntSupplier remainingMillis) {
    try (TracedStep step = tracing.step("dead letters")) {
      BitSet refused = deadLetters.send(event, letters, remainingMillis);
      step.put("lines_sent", letters.size());
      step.put("records_refused", refused.cardinality());
      if (!refused.isEmpty()) {
        step.failed("lines of " + refused.cardinality() + " records were not taken");
      }
      return refused;
    }
  }
}
