package dev.sluice.producers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The books of one replay while it runs, and the reason for its stop. Thread-safe. */
final class ReplayLedger {
  private final MonotonicClock clock;
  private final ReplayListener listener;
  private final long startNanos;
  private final List<RefusedLine> firstRefused = new ArrayList<>();
  private long lines;
  private long sent;
  private long retried;
  private long inDoubt;
  private long refused;
  private long bytes;
  private long firstLineNotStored = Long.MAX_VALUE;
  private ReplayInput input; // null until the first pass begins
  private boolean answered;
  private ReplayStoppedException.Reason stopReason;
  private String stopMessage;
  private Throwable stopCause;

  ReplayLedger(MonotonicClock clock, ReplayListener listener) {
    this.clock = clock;
    this.listener = listener;
    this.startNanos = clock.nanoTime();
  }

  Duration elapsed() {
    return Duration.ofNanos(clock.nanoTime() - startNanos);
  }

  /** A pass over this input begins. */
  synchronized void reads(ReplayInput opened) {
    input = opened;
  }

  synchronized void lineRead() {
    lines++;
  }

  synchronized void refused(RefusedLine line) {
    refused++;
    if (firstRefused.size() < ReplayResult.MAX_REFUSED_LISTED) {
      firstRefused.add(line);
    }
    listener.refused(line);
  }

  synchronized void accepted(PendingRecord stored, String shardId, String sequenceNumber) {
    sent++;
    bytes += stored.dataBytes();
    listener.accepted(stored.lineNumber(), shardId, sequenceNumber);
  }

  /** Entries that are sent again; {@code doubtful}: they may be stored already. */
  synchronized void retried(int entries, boolean doubtful) {
    retried += entries;
    if (doubtful) {
      inDoubt += entries;
    }
  }

  /** The service has answered, if only with an error. */
  synchronized void answered() {
    answered = true;
  }

  synchronized boolean hasAnswered() {
    return answered;
  }

  synchronized void progressed() {
    listener.progress(
        new ReplayProgress(sent, retried, refused, input.bytesRead(), input.size(), elapsed()));
  }

  /** Ends the replay early; of several reasons the first counts. */
  synchronized void stop(ReplayStoppedException.Reason reason, String message, Throwable cause) {
    if (stopReason == null) {
      stopReason = reason;
      stopMessage = message;
      stopCause = cause;
    }
  }

  synchronized boolean stopped() {
    return stopReason != null;
  }

  /** Neither stopped nor asked to end. */
  boolean goesOn() {
    return !stopped() && listener.wantsMore();
  }

  /** Lines that will not be stored any more. */
  synchronized void notStored(List<PendingRecord> records) {
    records.forEach(left -> notStored(left.lineNumber()));
  }

  synchronized void notStored(long lineNumber) {
    firstLineNotStored = Math.min(firstLineNotStored, lineNumber);
  }

  synchronized ReplayResult result() {
    return new ReplayResult(lines, sent, retried, inDoubt, refused, firstRefused, bytes, elapsed());
  }

  /** The result, or the exception that tells of the stop. */
  synchronized ReplayResult close() {
    if (stopReason == null) {
      return result();
    }
    String books =
        stopMessage
            + "; "
            + sent
            + (sent == 1 ? " line is stored" : " lines are stored")
            + ", the first not stored is line "
            + firstLineNotStored;
    throw new ReplayStoppedException(stopReason, books, stopCause, result(), firstLineNotStored);
  }
}
