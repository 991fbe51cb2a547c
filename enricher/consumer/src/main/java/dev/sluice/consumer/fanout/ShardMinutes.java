package dev.sluice.consumer.fanout;

import dev.sluice.consumer.tiles.ContinuesFrom;
import dev.sluice.fanout.LineFacts;
import dev.sluice.fanout.MinuteCounter;
import dev.sluice.fanout.MinuteCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The minutes of one shard. Not thread-safe. */
final class ShardMinutes implements ShardDecisions {
  private final MinuteCounter<ContinuesFrom> counter;
  private final CloudWatchMinutes cloudWatch;

  /** Taken out of the counter and not sent: what one call of it gave. */
  private final List<MinuteCounts> unsent = new ArrayList<>();

  private long outOfTime;

  ShardMinutes(MinuteCounter<ContinuesFrom> counter, CloudWatchMinutes cloudWatch) {
    this.counter = counter;
    this.cloudWatch = cloudWatch;
  }

  @Override
  public void count(LineFacts line, long arrivalSeconds, ContinuesFrom before) {
    counter.count(line, arrivalSeconds, before);
  }

  @Override
  public void atTip() {
    counter.atTip();
  }

  @Override
  public void send(BooleanSupplier giveUp) throws NotSentException, InterruptedException {
    unsent.addAll(counter.complete());
    sendAll(giveUp);
  }

  @Override
  public void sendLast(BooleanSupplier giveUp) throws NotSentException, InterruptedException {
    unsent.addAll(counter.all());
    sendAll(giveUp);
  }

  /** All of it: CloudWatch adds what the next owner counts of the same minute. */
  @Override
  public void sendForRelease(BooleanSupplier giveUp) throws NotSentException, InterruptedException {
    sendLast(giveUp);
  }

  private void sendAll(BooleanSupplier giveUp) throws NotSentException, InterruptedException {
    if (!unsent.isEmpty()) {
      cloudWatch.send(unsent, giveUp);
      unsent.forEach(minute -> outOfTime += minute.late() + minute.ahead());
      unsent.clear();
    }
    counter.sent();
  }

  @Override
  public void forget() {
    unsent.clear();
  }

  @Override
  public Optional<ContinuesFrom> oldestUnsent() {
    return counter.oldestUnsent();
  }

  @Override
  public long linesOutOfTime() {
    long more = outOfTime;
    outOfTime = 0;
    return more;
  }
}
