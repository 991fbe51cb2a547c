package dev.sluice.consumer.tiles;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Who may act on a run of a shard, and for how long: its methods take turns by one lock, until the
 * run is let go or given up. What goes wrong in a turn gives the run up. Thread-safe.
 */
public final class RunTurns {
  private enum State {
    RUNNING,
    /** Let go: shard finished, lease lost, or stopped. */
    CLOSED,
    /** Given up for a failure. Nothing that follows may have an effect. */
    ABANDONED
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Runnable over;
  private final Consumer<Throwable> abandoned;
  private volatile State state = State.RUNNING;

  /** What is done while holding the lock. */
  public interface Turn {
    /** Acts; whatever is thrown gives the run up. */
    void run() throws Exception;
  }

  /**
   * @param over called at the end of each turn after which the run goes on no more
   * @param abandoned called once if the run is given up, perhaps without a turn; must not block
   */
  public RunTurns(Runnable over, Consumer<Throwable> abandoned) {
    this.over = over;
    this.abandoned = abandoned;
  }

  /** Takes a turn, which is empty when the run is over. Never throws. */
  public void take(Turn turn) {
    lock.lock();
    try {
      if (isOpen()) {
        turn.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      abandon(e);
    } catch (Throwable broken) {
      abandon(broken);
    } finally {
      if (!isOpen()) {
        over.run();
      }
      lock.unlock();
    }
  }

  /** The same, and nothing at all while somebody else has the turn. */
  public void takeIfFree(Turn turn) {
    if (lock.tryLock()) {
      try {
        take(turn);
      } finally {
        lock.unlock();
      }
    }
  }

  /** Lets the run go; for a turn to call. */
  public synchronized void close() {
    if (isOpen()) {
      state = State.CLOSED;
    }
  }

  /** Gives the run up, unless it is over. Takes no turn. */
  public void abandon(Throwable cause) {
    synchronized (this) {
      if (!isOpen()) {
        return;
      }
      state = State.ABANDONED;
    }
    abandoned.accept(cause);
  }

  /** True while turns may have an effect. */
  public boolean isOpen() {
    return state == State.RUNNING;
  }

  public boolean isAbandoned() {
    return state == State.ABANDONED;
  }
}
