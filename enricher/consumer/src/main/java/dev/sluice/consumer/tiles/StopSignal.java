package dev.sluice.consumer.tiles;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;

/** The request to stop by a moment, and the waits that it ends. Thread-safe. */
final class StopSignal {
  /** Longest wait for one commit. The store gives up long before; this is a bound for the bound. */
  static final Duration MAX_COMMIT_WAIT = Duration.ofHours(1);

  private final CompletableFuture<Instant> stopBy = new CompletableFuture<>();
  private final InstantSource clock;
  private final Pause pause;

  StopSignal(InstantSource clock, Pause pause) {
    this.clock = clock;
    this.pause = pause;
  }

  /** Only the first request counts. */
  void request(Instant by) {
    stopBy.complete(by);
  }

  boolean isRequested() {
    return stopBy.isDone();
  }

  /** True if a stop was requested and its time has passed. */
  boolean isOver() {
    return isRequested() && clock.instant().isAfter(stopBy.join());
  }

  /** Waits for the end of a commit or for the request to stop; false after the latter. */
  boolean awaitCommitOrStop(CompletableFuture<?> commit) throws InterruptedException {
    if (!pause.awaitEnd(CompletableFuture.anyOf(commit, stopBy), MAX_COMMIT_WAIT)) {
      throw new IllegalStateException("a commit did not end within " + MAX_COMMIT_WAIT);
    }
    return !isRequested();
  }

  /** Waits for the end of a commit; false if the time of a requested stop ended before. */
  boolean awaitCommit(CompletableFuture<?> commit) throws InterruptedException {
    if (!isRequested() && awaitCommitOrStop(commit)) {
      return true;
    }
    Duration left = Duration.between(clock.instant(), stopBy.join());
    return pause.awaitEnd(commit, left.isNegative() ? Duration.ZERO : left);
  }
}
