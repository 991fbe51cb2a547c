package dev.sluice.producers;

import java.time.Duration;
import java.util.List;

/**
 * The books of a replay. Of a complete one, {@code lines = sent + refused} holds.
 *
 * @param lines lines read; an empty line is a line
 * @param sent lines that Kinesis has acknowledged as stored
 * @param retried entries sent again, counted each time
 * @param inDoubt of those, entries of requests without a usable answer (connection lost, time-out,
 *     server error): Kinesis may have stored them at the earlier attempt as well
 * @param refused lines too long for a record
 * @param firstRefused the first of them, at most {@value #MAX_REFUSED_LISTED}
 * @param bytes data sent and stored, without line ends and partition keys
 * @param elapsed from the first byte read to the last answer
 */
public record ReplayResult(
    long lines,
    long sent,
    long retried,
    long inDoubt,
    long refused,
    List<RefusedLine> firstRefused,
    long bytes,
    Duration elapsed) {
  /** Refused lines that are listed one by one. */
  public static final int MAX_REFUSED_LISTED = 100;

  public ReplayResult {
    firstRefused = List.copyOf(firstRefused);
  }

  /** Stored lines per second of {@link #elapsed}; 0 when no time passed. */
  public double linesPerSecond() {
    double seconds = elapsed.toNanos() / 1e9;
    return seconds > 0 ? sent / seconds : 0;
  }
}
