package dev.sluice.firehose.deadletter;

import dev.sluice.firehose.event.FirehoseEvent;
import dev.sluice.firehose.record.DeadLetter;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntSupplier;

/** Where rejected lines go. */
@FunctionalInterface
public interface DeadLetters {
  /** Refuses everything that it is given. */
  DeadLetters NONE =
      (event, letters, remainingMillis) -> {
        var refused = new BitSet();
        letters.forEach(letter -> refused.set(letter.record()));
        return refused;
      };

  /**
   * Sends the lines. Throws nothing.
   *
   * @param remainingMillis time until the invocation is ended
   * @return records of which a line was not taken for certain
   */
  BitSet send(FirehoseEvent event, List<DeadLetter> letters, IntSupplier remainingMillis);
}
