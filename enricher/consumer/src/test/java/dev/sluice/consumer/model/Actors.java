package dev.sluice.consumer.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Lets many actors run code that blocks, on several threads of which exactly one runs at a time, so
 * that a seed decides the whole course. An actor runs on the thread of the schedule itself; only
 * one that is held up in the middle of its work keeps its thread, and another one takes the
 * schedule over. So most steps cost no switch of threads.
 */
final class Actors implements AutoCloseable {
  /** Ends an actor whose process is dead, wherever it stands. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    Killed() {
      super("killed", null, false, false);
    }
  }

  /** One thread of a worker, while it is in the middle of something. */
  static final class Actor {
    final Worker worker;
    final Supplier<String> name;
    private Carrier carrier; // null until it is held up
    private BooleanSupplier ready;

    Actor(Supplier<String> name, Worker worker) {
      this.name = name;
      this.worker = worker;
    }

    /** Whether it may go on; a dead one may, to its end. */
    boolean isReady() {
      return worker.isDead() || ready.getAsBoolean();
    }
  }

  private final Deque<Carrier> idle = new ArrayDeque<>();
  private final List<Carrier> carriers = new ArrayList<>();
  private final List<Actor> heldUp = new ArrayList<>();
  private BooleanSupplier step;
  private Actor current; // null between two steps
  private Carrier next; // null unless a step has resumed an actor
  private Thread master;
  private Throwable failure; // null unless a step threw
  private volatile boolean over;
  private volatile boolean closed;

  /** A thread that holds the turn, waits for it in the middle of an actor, or is idle. */
  private final class Carrier extends Thread {
    private volatile boolean turn;

    Carrier() {
      super("model-" + carriers.size());
      setDaemon(true);
    }

    @Override
    public void run() {
      try {
        while (true) {
          awaitTurn();
          follow(this);
        }
      } catch (Killed closing) {
        // The interleaving is over, and so is this thread.
      }
    }

    void awaitTurn() {
      boolean interrupted = false;
      while (!turn) {
        LockSupport.park(this);
        interrupted |= Thread.interrupted();
        if (closed) {
          throw new Killed();
        }
      }
      turn = false;
      if (interrupted) {
        interrupt();
      }
    }

    void giveTurn() {
      turn = true;
      LockSupport.unpark(this);
    }
  }

  /**
   * Runs the schedule to its end.
   *
   * @param step does the next thing; false when nothing is left
   */
  void follow(BooleanSupplier step) {
    this.step = step;
    master = Thread.currentThread();
    over = false;
    idleCarrier().giveTurn();
    while (!over) {
      LockSupport.park(this);
    }
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    }
  }

  private void follow(Carrier me) {
    try {
      while (next == null) {
        if (!step.getAsBoolean()) {
          end(me);
          return;
        }
      }
    } catch (Killed closing) {
      throw closing;
    } catch (Throwable broken) {
      failure = broken;
      end(me);
      return;
    }
    Carrier to = next;
    next = null;
    idle.push(me);
    to.giveTurn();
  }

  private void end(Carrier me) {
    idle.push(me);
    over = true;
    LockSupport.unpark(master);
  }

  private Carrier idleCarrier() {
    if (!idle.isEmpty()) {
      return idle.pop();
    }
    var carrier = new Carrier();
    carriers.add(carrier);
    carrier.start();
    return carrier;
  }

  /** Runs an actor, until its end or until it is held up. To be called by a step. */
  void run(Actor actor, Runnable work) {
    current = actor;
    try {
      work.run();
    } catch (Killed dead) {
      if (closed) {
        throw dead;
      }
    } finally {
      current = null;
      if (!closed) {
        Thread.interrupted(); // what was meant for this actor is not for the next one
      }
    }
  }

  /** Holds the current actor up until somebody resumes it. */
  void holdUp(BooleanSupplier ready) {
    Actor me = current;
    me.ready = ready;
    me.carrier = (Carrier) Thread.currentThread();
    heldUp.add(me);
    current = null;
    idleCarrier().giveTurn();
    me.carrier.awaitTurn();
    current = me;
  }

  /** Lets an actor go on when the step is over: the last thing that a step does. */
  void resume(Actor actor) {
    heldUp.remove(actor);
    next = actor.carrier;
  }

  /** The actor of this moment. */
  Actor current() {
    return current;
  }

  List<Actor> heldUp() {
    return heldUp;
  }

  /** Ends all threads, those of actors in the middle of their work too. */
  @Override
  public void close() {
    closed = true;
    carriers.forEach(LockSupport::unpark);
  }
}
