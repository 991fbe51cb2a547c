package dev.sluice.tweets;

import dev.sluice.invocation.TimeLeft;
import dev.sluice.tweets.message.StreamMessage.Photo;
import dev.sluice.tweets.message.StreamMessage.Tweet;
import dev.sluice.tweets.photo.FetchedPhoto;
import dev.sluice.tweets.photo.PhotoFailedException;
import dev.sluice.tweets.photo.PhotoFailure;
import dev.sluice.tweets.photo.PhotoFetcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Fetches the photos of tweets into the store, several at once. Thread-safe. */
final class PhotoStage implements AutoCloseable {
  /** Kept for what comes behind the photos of a tweet: its item. */
  private static final Duration AFTER_PHOTOS = Duration.ofSeconds(2);

  private final PhotoFetcher fetcher;
  private final MediaStore store;
  private final ThreadPoolExecutor threads;

  /**
   * @param photosAtOnce most that are fetched at a time
   * @param tweetsAtOnce most tweets whose photos wait for that
   */
  PhotoStage(PhotoFetcher fetcher, MediaStore store, int photosAtOnce, int tweetsAtOnce) {
    this.fetcher = fetcher;
    this.store = store;
    threads =
        new ThreadPoolExecutor(
            photosAtOnce,
            photosAtOnce,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(tweetsAtOnce * Tweet.MAX_PHOTOS),
            work -> {
              var thread = new Thread(work, "photos");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** There was no time for a photo, and the next invocation has more. */
  static final class LateException extends Exception {
    private static final long serialVersionUID = 1;

    LateException() {
      super("no time for a photo", null, false, false);
    }
  }

  /**
   * Fetches and stores the photos of a tweet.
   *
   * @param isFirst whether the tweet is the first of its batch: the next invocation has no more
   *     time for it, so that a photo which takes too long is given up
   * @return failures of photos that were given up
   * @throws LateException when the time is too short for one of them
   * @throws RuntimeException when the store does not take one
   */
  List<PhotoFailure> store(Tweet tweet, TimeLeft time, boolean isFirst)
      throws LateException, InterruptedException {
    var running = new ArrayList<Future<Optional<PhotoFailure>>>();
    for (Photo photo : tweet.photos()) {
      running.add(threads.submit(() -> store(tweet, photo, time, isFirst)));
    }
    var failures = new ArrayList<PhotoFailure>();
    try {
      for (Future<Optional<PhotoFailure>> each : running) {
        each.get().ifPresent(failures::add);
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof LateException late) {
        throw late;
      }
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException("a photo failed in a way of its own", e.getCause());
    } finally {
      await(running);
    }
    return failures;
  }

  /** Nothing of a tweet may be written after somebody was told what became of it. */
  private static void await(List<Future<Optional<PhotoFailure>>> running)
      throws InterruptedException {
    for (Future<?> each : running) {
      try {
        each.get();
      } catch (ExecutionException e) {
        // The first one was told.
      }
    }
  }

  private Optional<PhotoFailure> store(Tweet tweet, Photo photo, TimeLeft time, boolean isFirst)
      throws LateException, InterruptedException {
    Duration left = time.remaining().minus(AFTER_PHOTOS);
    if (left.isNegative()) {
      return givenUp(isFirst);
    }
    try {
      FetchedPhoto fetched = fetcher.fetch(photo.url(), left);
      store.put(tweet.id(), photo.mediaId(), fetched);
      return Optional.empty();
    } catch (PhotoFailedException e) {
      boolean cutShort = left.compareTo(fetcher.timeout()) < 0;
      return e.failure() == PhotoFailure.TIMED_OUT && cutShort
          ? givenUp(isFirst)
          : Optional.of(e.failure());
    }
  }

  private static Optional<PhotoFailure> givenUp(boolean isFirst) throws LateException {
    if (isFirst) {
      return Optional.of(PhotoFailure.TIMED_OUT);
    }
    throw new LateException();
  }

  void removeAll(String tweetId) {
    store.removeAll(tweetId);
  }

  @Override
  public void close() {
    threads.shutdownNow();
    fetcher.close();
  }
}
