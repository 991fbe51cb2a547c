package dev.sluice.lookups;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Asks one source for the keys of batches: behind a cache, a circuit breaker, and a bound of calls
 * at a time that all batches share. Thread-safe.
 */
final class KeyLookup implements AutoCloseable {
  /** Threads that find nothing to do end after this time. */
  private static final Duration IDLE_THREAD = Duration.ofSeconds(10);

  /** Tasks of all batches that wait for a thread; what finds no room is not asked in time. */
  private static final int MAX_WAITING_TASKS = 1_000;

  private final KeySource source;
  private final AnswerCache cache;
  private final CircuitBreaker breaker;
  private final Duration pause;
  private final LookupEvents events;
  private final LookupCounts counts;
  private final ThreadPoolExecutor threads;

  /**
   * @param source closed with this
   * @param maxFailures failures in a row until the source is not asked any more
   * @param pause time until it is tried again, and for which a single failure is remembered
   */
  KeyLookup(
      KeySource source,
      CacheSettings cache,
      int maxFailures,
      Duration pause,
      LookupEvents events,
      Ticker ticker) {
    this.source = source;
    this.cache = new AnswerCache(cache, pause, ticker);
    this.breaker = new CircuitBreaker(maxFailures, pause, ticker);
    this.pause = pause;
    this.events = events;
    counts = new LookupCounts(source.name());
    threads = newThreads(source);
  }

  private static ThreadPoolExecutor newThreads(KeySource source) {
    var number = new AtomicInteger();
    var threads =
        new ThreadPoolExecutor(
            source.maxCallsInFlight(),
            source.maxCallsInFlight(),
            IDLE_THREAD.toMillis(),
            TimeUnit.MILLISECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING_TASKS),
            task -> {
              var thread = new Thread(task, source.name() + "-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  LookupCounts counts() {
    return counts;
  }

  boolean isBreakerOpen() {
    return breaker.isOpen();
  }

  /**
   * Begins to ask for what the cache does not know.
   *
   * @param keys distinct
   */
  Batch begin(Collection<String> keys, Deadline deadline) {
    return new Batch(keys, deadline);
  }

  @Override
  public void close() {
    threads.shutdownNow();
    source.close();
  }

  /** The keys of one batch of lines. */
  final class Batch {
    private final Map<String, Answer> known = new HashMap<>();
    private final List<String> missing = new ArrayList<>();
    private final Deadline deadline;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Queue<List<String>> calls = new ConcurrentLinkedQueue<>();
    private final CountDownLatch running;

    private Batch(Collection<String> keys, Deadline deadline) {
      this.deadline = deadline;
      for (String key : keys) {
        Answer answer = cache.get(key);
        if (answer == null) {
          missing.add(key);
        } else {
          known.put(key, answer);
          counts.cached();
        }
      }
      if (!keys.isEmpty()) {
        counts.batch();
      }
      for (int i = 0; i < missing.size(); i += source.maxKeysPerCall()) {
        calls.add(missing.subList(i, Math.min(missing.size(), i + source.maxKeysPerCall())));
      }
      int tasks = Math.min(calls.size(), source.maxCallsInFlight());
      running = new CountDownLatch(tasks);
      for (int i = 0; i < tasks; i++) {
        start();
      }
    }

    private void start() {
      try {
        threads.execute(this::askInTurn);
      } catch (RejectedExecutionException full) {
        running.countDown(); // the other tasks of this batch, if there are any, do its share
      }
    }

    private void askInTurn() {
      try {
        while (!deadline.isOver()) {
          List<String> call = calls.poll();
          if (call == null) {
            return;
          }
          ask(call);
        }
      } finally {
        running.countDown();
      }
    }

    private void ask(List<String> call) {
      if (!breaker.permits()) {
        call.forEach(key -> answers.put(key, Answer.NOT_ASKED));
        return;
      }
      counts.call();
      try {
        source.ask(call, deadline, this::answered);
      } catch (SourceFailedException | RuntimeException | Error failure) {
        call.forEach(key -> answers.putIfAbsent(key, Answer.FAILED));
        if (breaker.failed()) {
          events.sourceRests(source.name(), pause, why(failure));
        }
        return;
      }
      if (breaker.succeeded()) {
        events.sourceIsBack(source.name());
      }
    }

    /** Other messages may name what was asked for. */
    private static String why(Throwable failure) {
      return failure instanceof SourceFailedException
          ? failure.getMessage()
          : failure.getClass().getName();
    }

    /** What comes too late for this batch is remembered for the next. */
    private void answered(String key, Answer answer) {
      cache.put(key, answer);
      answers.put(key, answer);
    }

    /**
     * Waits for the answers, no longer than until the deadline. Called once.
     *
     * @return an answer for each key
     */
    Map<String, Answer> await() {
      try {
        long nanos = deadline.remaining().toNanos();
        if (!running.await(nanos, TimeUnit.NANOSECONDS)) {
          calls.clear();
        }
      } catch (InterruptedException stopped) {
        calls.clear();
        Thread.currentThread().interrupt();
      }
      for (String key : missing) {
        Answer answer = answers.getOrDefault(key, Answer.LATE);
        known.put(key, answer);
        counts.add(answer.state());
      }
      return known;
    }
  }
}
