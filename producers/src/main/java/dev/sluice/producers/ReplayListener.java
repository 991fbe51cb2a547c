package dev.sluice.producers;

/**
 * Hears what becomes of the lines. Calls come from several threads, but, {@link #wantsMore} apart,
 * never two at a time.
 */
public interface ReplayListener {
  /** Hears nothing. */
  ReplayListener NONE = new ReplayListener() {};

  /**
   * Kinesis has stored a line. Called once for every stored line, in no order.
   *
   * @param lineNumber counted from 1
   */
  default void accepted(long lineNumber, String shardId, String sequenceNumber) {}

  /** A line is too long for a record and was not sent. */
  default void refused(RefusedLine line) {}

  /**
   * Asked often, between lines and while waiting for the pace. False ends the replay as the end of
   * its input does: what was read goes out.
   */
  default boolean wantsMore() {
    return true;
  }

  /** The counts moved; called after every answered request. */
  default void progress(ReplayProgress progress) {}
}
