package dev.sluice.firehose.overflow;

import dev.sluice.firehose.event.FirehoseEvent;
import java.util.BitSet;
import java.util.function.IntSupplier;

/** Where records go that found no room in a response. */
public interface Overflow {
  /** Takes nothing. */
  Overflow NONE =
      new Overflow() {
        @Override
        public boolean accepts(FirehoseEvent event) {
          return false;
        }

        @Override
        public BitSet take(FirehoseEvent event, int from, int to, IntSupplier remainingMillis) {
          return new BitSet();
        }
      };

  /** Whether records of this event may go there; decides how much room is kept for the rest. */
  boolean accepts(FirehoseEvent event);

  /**
   * Takes the records from {@code from} (in) to {@code to} (out). Throws nothing.
   *
   * @param remainingMillis time until the invocation is ended
   * @return the records that were taken for certain: they may be answered {@code Dropped}
   */
  BitSet take(FirehoseEvent event, int from, int to, IntSupplier remainingMillis);
}
