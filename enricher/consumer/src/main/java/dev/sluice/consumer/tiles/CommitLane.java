package dev.sluice.consumer.tiles;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;

/** Runs commits beside the filling of the next tiles. Each shard has at most one on its way. */
public final class CommitLane {
  private final Executor executor;

  public CommitLane(Executor executor) {
    this.executor = executor;
  }

  /**
   * Starts a commit. Cancelling the answer interrupts it: the write may or may not have arrived,
   * and either is fine, since the next owner of the shard finds out.
   */
  CompletableFuture<CommitResult> start(Callable<CommitResult> commit) {
    var result = new CompletableFuture<CommitResult>();
    var task =
        new FutureTask<Void>(
            () -> {
              try {
                result.complete(commit.call());
              } catch (Throwable failed) {
                result.completeExceptionally(failed);
              }
            },
            null);
    result.whenComplete(
        (done, failed) -> {
          if (result.isCancelled()) {
            task.cancel(true);
          }
        });
    executor.execute(task);
    return result;
  }
}
