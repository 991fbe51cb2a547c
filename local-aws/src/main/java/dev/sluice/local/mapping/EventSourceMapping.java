package dev.sluice.local.mapping;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A mapping between a source and a function. It runs in a thread of its own after {@link #start},
 * or step by step by {@link #poll}; one invocation at a time. What it has read of a stream is known
 * to this object alone: another mapping begins at its own starting position.
 */
public final class EventSourceMapping implements AutoCloseable {

  private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

  /** After an error of the source itself. */
  private static final Duration ERROR_PAUSE = Duration.ofSeconds(1);

  /** An invocation that runs when the mapping is closed may end within this time. */
  private static final Duration STOP_TIME = Duration.ofSeconds(30);

  /** What is left to the thread after it was interrupted. */
  private static final Duration INTERRUPTED_TIME = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(EventSourceMapping.class);

  private final String name;
  private final Poller poller;
  private final MappingCounter counter;
  private final Thread thread;
  private volatile boolean closed;

  EventSourceMapping(String name, Poller poller, MappingCounter counter) {
    this.name = name;
    this.poller = poller;
    this.counter = counter;
    thread = new Thread(this::run, "mapping-" + name);
    thread.setDaemon(true);
  }

  /** Begins to read; only once. */
  public EventSourceMapping start() {
    thread.start();
    return this;
  }

  public MappingCounts counts() {
    return counter.counts();
  }

  /**
   * Does one step: brings to the function what is due now, at most one batch of the queue or of
   * each shard.
   *
   * @return whether there may be more to do at once
   * @throws RuntimeException of the source's client, when that cannot be reached; nothing is lost
   */
  public synchronized boolean poll() {
    return !closed && poller.poll();
  }

  private void run() {
    while (!closed) {
      try {
        if (!poll()) {
          LockSupport.parkNanos(POLL_INTERVAL.toNanos());
        }
      } catch (RuntimeException again) {
        if (!closed) {
          LOG.warn("The mapping of {} will try again: {}", name, again.toString());
          LockSupport.parkNanos(ERROR_PAUSE.toNanos());
        }
      }
    }
  }

  /**
   * Ends it: an invocation that runs is waited for and its outcome kept, at most 30 s. After that
   * the function is not invoked any more.
   */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    try {
      thread.join(STOP_TIME.toMillis());
      if (thread.isAlive()) {
        thread.interrupt();
        thread.join(INTERRUPTED_TIME.toMillis());
      }
    } catch (InterruptedException interrupted) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }
}
