package dev.sluice.functions.fanout;

import dev.sluice.functions.fanout.event.StreamBatch;
import dev.sluice.invocation.InvocationLine;
import dev.sluice.invocation.TimeLeft;
import java.util.Optional;

/** What the function does with a batch. One invocation at a time. */
public interface BatchMode {
  /**
   * What became of a batch.
   *
   * @param records so many from the first on are done; the others come again
   * @param books of the lines of those records
   * @param trouble why it stopped there; empty when it is done or the time was short
   */
  record Done(int records, Books books, Optional<String> trouble) {
    public static Done of(int records, Books books) {
      return new Done(records, books, Optional.empty());
    }

    public static Done troubled(int records, Books books, Exception why) {
      return new Done(records, books, Optional.of(why.getMessage()));
    }
  }

  /**
   * Works on a batch of at least one record.
   *
   * @param line takes what is to be told besides
   */
  Done process(StreamBatch batch, TimeLeft time, InvocationLine line);
}
