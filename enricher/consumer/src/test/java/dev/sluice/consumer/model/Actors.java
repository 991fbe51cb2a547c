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
    final Run run;
    final Supplier<String> name;
    private Carrier carrier; // null until it is held up
    private BooleanSupplier ready;

    Actor(Supplier<String> name, Run run) {
      this.name = name;
      this.run = run;
    }

    /** Whether it may go on; a dead one may, to its end. */
    boolean isReady() {
      return run.worker.isDead() || ready.getAsBoolean();
    }
  }

  private final Deque<Carrier> idle = new ArrayDeque<>();
  private final List<Carrier> carriers = new ArrayList<>();
  private final List<Actor> heldUp = new ArrayList<>();
  private BooleanSupplier step;
  private Actor current; // null between two steps
  private Carrier next; // null unless a step has resumed an actor
  private Carrier master; // of the thread that waits for the end
  private Carrier running; // has the turn
  private Throwable failure; // null unless a step threw
  private volatile boolean over;
  private volatile boolean closed;

  /** A thread that holds the turn, waits for it in the middle of an actor, or is idle. */
  private final class Carrier implements Runnable {
    private final Thread thread;
    private volatile boolean turn;

    /** The thread that asks for the schedule. */
    Carrier(Thread master) {
      thread = master;
    }

    Carrier() {
      thread = new Thread(this, "model-" + carriers.size());
      thread.setDaemon(true);
    }

    @Override
    public void run() {
      try {
        while (!closed) {
          awaitTurn();
          goOn(this);
        }
      } catch (Killed closing) {
        // The interleaving is over, and so is this thread.
      }
    }

    /** Returns without the turn when the schedule is over, which the master wants to know. */
    void awaitTurn() {
      boolean interrupted = false;
      while (!turn && !(over && this == master)) {
        LockSupport.park(Actors.this);
        interrupted |= Thread.interrupted();
        if (closed) {
          throw new Killed();
        }
      }
      turn = false;
      if (interrupted) {
        thread.interrupt();
      }
    }

    void giveTurn() {
      turn = true;
      LockSupport.unpark(thread);
    }
  }

  /**
   * Runs the schedule to its end.
   *
   * @param step does the next thing; false when nothing is left
   */
  void follow(BooleanSupplier step) {
    this.step = step;
    over = false;
    master = new Carrier(Thread.currentThread());
    running = master;
    goOn(master);
    while (!over) {
      master.awaitTurn();
      if (!over) {
        goOn(master);
      }
    }
    idle.remove(master);
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    }
  }

  /** Takes steps until one resumes an actor of another thread, or until all is over. */
  private void goOn(Carrier me) {
    try {
      running = me;
      while (next == null && !over) {
        if (!step.getAsBoolean()) {
          over = true;
        }
      }
    } catch (Killed closing) {
      throw closing;
    } catch (Throwable broken) {
      failure = broken;
      over = true;
    }
    idle.push(me);
    if (over) {
      LockSupport.unpark(master.thread);
    } else {
      Carrier to = next;
      next = null;
      to.giveTurn();
    }
  }

  private Carrier idleCarrier() {
    if (!idle.isEmpty()) {
      return idle.pop();
    }
    var carrier = new Carrier();
    carriers.add(carrier);
    carrier.thread.start();
    return carrier;
  }

  /**
   * Runs an actor, until its end or until it is held up. To be called by a step, or by an actor
   * that waits for this one: then it may not be held up.
   */
  void run(Actor actor, Runnable work) {
    Actor waiting = current;
    current = actor;
    try {
      work.run();
    } catch (Killed dead) {
      if (closed) {
        throw dead;
      }
    } finally {
      current = waiting;
      if (!closed) {
        Thread.interrupted(); // what was meant for this actor is not for the next one
      }
    }
  }

  /** Holds the current actor up until somebody resumes it. */
  void holdUp(BooleanSupplier ready) {
    Actor me = current;
    me.ready = ready;
    me.carrier = running;
    heldUp.add(me);
    current = null;
    idleCarrier().giveTurn();
    me.carrier.awaitTurn();
    if (over) {
      throw new Killed(); // a rule is broken: nobody wants to know how it goes on
    }
    running = me.carrier;
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
    carriers.forEach(carrier -> LockSupport.unpark(carrier.thread));
  }
}
