package dev.sluice.windows;

import java.math.BigInteger;
import java.util.Map;

/** Where results are kept. Calls throw when the table does not answer; Lambda then tries again. */
interface WindowResults {

  /**
   * What is known about a window already.
   *
   * @param lastSequenceNumber of the last change that is in {@code kinds}; empty for none
   * @param earlyEnd sequence number with which the window last ended before its time; empty while
   *     it has not
   * @param kinds changes by what happened, from the window's start on
   */
  record Progress(String lastSequenceNumber, String earlyEnd, Map<ChangeKind, Long> kinds) {
    static final Progress NONE = new Progress("", "", Map.of());
  }

  /**
   * Counts by item, of a window or of what of it ended early.
   *
   * @param parts parts that were stored before, see {@link #putPart}
   * @param rest what is in none of them
   */
  record Counts(int parts, Map<String, BigInteger> rest) {}

  Progress progress(WindowKey window);

  /**
   * Replaces the progress, unless another invocation has done so since.
   *
   * @return false when {@code before} is no longer what is stored
   */
  boolean advance(WindowKey window, Progress before, Progress after);

  /**
   * Stores counts under a number, in place of what was stored there.
   *
   * @param earlyEnd as in the progress
   * @param number counted from 1 on
   */
  void putPart(WindowKey window, String earlyEnd, int number, Map<String, BigInteger> counts);

  /** Stores the result of a window that has ended; the same again changes nothing. */
  void end(WindowKey window, Counts counts);

  /**
   * Stores the result of a window that has ended before its time, and goes on in another state; the
   * same again changes nothing.
   */
  void endEarly(WindowKey window, String sequenceNumber, Counts counts);
}
