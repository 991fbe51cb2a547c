package dev.sluice.consumer.fanout;

import dev.sluice.consumer.tiles.ContinuesFrom;
import dev.sluice.fanout.Alert;
import dev.sluice.fanout.AlertDecider;
import dev.sluice.fanout.AlertSource;
import dev.sluice.fanout.LineFacts;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.BooleanSupplier;

/**
 * The alerts of all shards of a worker, sent in the order in which they were decided. While one is
 * on its way all shards wait: nothing may pass it. Thread-safe.
 */
public final class AlertDesk {
  private final AlertDecider<ContinuesFrom> decider;
  private final SnsAlerts sns;

  /** At most what one call of the decider gives: with one of them unsent no more are decided. */
  private final Queue<Alert> unsent = new ArrayDeque<>();

  private long outOfTimeTold;

  public AlertDesk(AlertDecider<ContinuesFrom> decider, SnsAlerts sns) {
    this.decider = decider;
    this.sns = sns;
  }

  synchronized ShardDecisions open() {
    return new Shard(decider.open());
  }

  private synchronized void send(BooleanSupplier giveUp)
      throws NotSentException, InterruptedException {
    if (unsent.isEmpty()) {
      unsent.addAll(decider.decide());
    }
    while (!unsent.isEmpty()) {
      sns.send(unsent.peek(), giveUp);
      unsent.remove();
    }
    decider.sent();
  }

  /** One shard of the desk. */
  private final class Shard implements ShardDecisions {
    private final AlertSource<ContinuesFrom> source;

    Shard(AlertSource<ContinuesFrom> source) {
      this.source = source;
    }

    @Override
    public void count(LineFacts line, long arrivalSeconds, ContinuesFrom before) {
      synchronized (AlertDesk.this) {
        decider.count(source, line, arrivalSeconds, before);
      }
    }

    @Override
    public void atTip() {
      synchronized (AlertDesk.this) {
        decider.atTip(source);
      }
    }

    @Override
    public void send(BooleanSupplier giveUp) throws NotSentException, InterruptedException {
      AlertDesk.this.send(giveUp);
    }

    @Override
    public void sendLast(BooleanSupplier giveUp) throws NotSentException, InterruptedException {
      synchronized (AlertDesk.this) {
        decider.end(source);
        AlertDesk.this.send(giveUp);
      }
    }

    /** Nothing: whoever reads on counts open windows anew, from their first line. */
    @Override
    public void sendForRelease(BooleanSupplier giveUp) {}

    @Override
    public void forget() {
      synchronized (AlertDesk.this) {
        decider.forget(source);
      }
    }

    @Override
    public Optional<ContinuesFrom> oldestUnsent() {
      synchronized (AlertDesk.this) {
        return source.oldestUndecided();
      }
    }

    /** Those of all shards that nobody has asked for yet, so that each is told once. */
    @Override
    public long linesOutOfTime() {
      synchronized (AlertDesk.this) {
        long all = decider.lateLines() + decider.aheadLines();
        long more = all - outOfTimeTold;
        outOfTimeTold = all;
        return more;
      }
    }
  }
}
