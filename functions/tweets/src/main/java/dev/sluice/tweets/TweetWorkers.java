package dev.sluice.tweets;

import java.util.ArrayList;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Threads that work on a batch beside its own. */
final class TweetWorkers {
  /** Tweets that are worked on at a time: each waits for its table most of the time. */
  static final int TWEETS_AT_ONCE = 8;

  private static final int IDLE_SECONDS = 30;

  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          TWEETS_AT_ONCE - 1,
          TWEETS_AT_ONCE - 1,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(TWEETS_AT_ONCE),
          work -> {
            var thread = new Thread(work, "tweets");
            thread.setDaemon(true);
            return thread;
          });

  /** Returns when the batch has no work left, and nobody works on it any more. */
  void run(TweetBatch batch) {
    var others = new ArrayList<Future<?>>();
    for (int i = 1; i < TWEETS_AT_ONCE; i++) {
      others.add(
          threads.submit(
              () -> {
                batch.work();
                return null;
              }));
    }
    try {
      try {
        batch.work();
      } finally {
        for (Future<?> other : others) {
          awaitEnd(other);
        }
      }
      for (Future<?> other : others) {
        other.get(); // tells of a failure
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted in the middle of a batch", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a worker failed", e.getCause());
    }
  }

  /** Also when one has failed: nobody may go on when somebody was told what became of the batch. */
  private static void awaitEnd(Future<?> worker) throws InterruptedException {
    try {
      worker.get();
    } catch (ExecutionException e) {
      // Told when all have ended.
    }
  }
}
