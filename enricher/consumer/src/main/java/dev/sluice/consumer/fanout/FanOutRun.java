package dev.sluice.consumer.fanout;

import dev.sluice.consumer.tiles.Checkpoints;
import dev.sluice.consumer.tiles.ConsumerEvents;
import dev.sluice.consumer.tiles.ContinuesFrom;
import dev.sluice.consumer.tiles.Position;
import dev.sluice.consumer.tiles.RawRecord;
import dev.sluice.consumer.tiles.RunTurns;
import dev.sluice.consumer.tiles.ShardCheckpointer;
import dev.sluice.consumer.tiles.ShardReader;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One run of one shard in the modes alerts and metrics. The checkpoint stays behind the oldest line
 * that counts for something undecided or unsent, so the next owner counts it again. Methods take
 * turns by one lock but where it says otherwise.
 */
public final class FanOutRun implements ShardReader {
  private final String shardId;
  private final ShardDecisions decisions;
  private final LineCounter lines;
  private final Checkpoints checkpoints;
  private final InstantSource clock;
  private final ConsumerEvents events;
  private final RunTurns turns;
  private volatile Instant stopBy; // null until a stop is requested
  private volatile Instant sendingSince; // null while nothing is being sent
  private volatile Instant lastProgress;
  private volatile long millisBehindLatest = -1; // unknown until KCL says
  private boolean refused; // a batch came after the stop
  private ContinuesFrom last;

  /**
   * @param stopWorker called once if the shard is given up; must not block
   */
  FanOutRun(
      String shardId,
      ContinuesFrom start,
      ShardDecisions decisions,
      LineCounter lines,
      Duration checkpointInterval,
      InstantSource clock,
      ConsumerEvents events,
      Runnable stopWorker) {
    this.shardId = shardId;
    this.decisions = decisions;
    this.lines = lines;
    this.clock = clock;
    this.events = events;
    turns =
        new RunTurns(
            decisions::forget,
            cause -> {
              events.shardAbandoned(shardId, cause);
              stopWorker.run();
            });
    last = start;
    checkpoints = new Checkpoints(shardId, clock, events, checkpointInterval, start);
    lastProgress = clock.instant();
    events.shardOpened(shardId, start);
  }

  @Override
  public void accept(
      List<RawRecord> records, OptionalLong behindLatest, ShardCheckpointer leaseTable) {
    turns.take(
        () -> {
          if (stopBy != null) {
            refused |= !records.isEmpty();
            return;
          }
          Instant start = clock.instant();
          records.forEach(this::take);
          lines.report(events);
          if (behindLatest.isPresent() && behindLatest.getAsLong() == 0) {
            decisions.atTip();
          }
          send(decisions::send);
          checkpointable().ifPresent(end -> checkpoints.makeIfDue(end, leaseTable));
          Instant now = clock.instant();
          lastProgress = now;
          behindLatest.ifPresent(millis -> millisBehindLatest = millis);
          events.batchAccepted(shardId, records.size(), Duration.between(start, now), behindLatest);
        });
  }

  private void take(RawRecord record) {
    if (last instanceof Position position && !record.position().isAbove(position)) {
      events.recordsIgnored(shardId, 1);
      return;
    }
    long arrival = record.arrival().getEpochSecond();
    lines.read(shardId, record, line -> decisions.count(line, arrival, last));
    last = record.position();
  }

  /** False when a stop came before everything was sent; what is left is the next owner's. */
  private boolean send(Sending what) throws NotSentException, InterruptedException {
    sendingSince = clock.instant();
    try {
      what.send(this::isStopOver);
      return true;
    } catch (NotSentException e) {
      if (stopBy == null) {
        throw e;
      }
      return false;
    } finally {
      sendingSince = null;
      long outOfTime = decisions.linesOutOfTime();
      if (outOfTime > 0) {
        events.linesOutOfTime(outOfTime);
      }
    }
  }

  private boolean isStopOver() {
    Instant by = stopBy;
    return by != null && clock.instant().isAfter(by);
  }

  private Optional<Position> checkpointable() {
    ContinuesFrom end = decisions.oldestUnsent().orElse(last);
    return end instanceof Position position ? Optional.of(position) : Optional.empty();
  }

  /** Nothing: event time goes on with batches, empty ones too. */
  @Override
  public void tick() {}

  @Override
  public void endOfShard(ShardCheckpointer leaseTable) {
    turns.take(
        () -> {
          if (refused || !send(decisions::sendLast) || decisions.oldestUnsent().isPresent()) {
            return; // windows are open that other shards have a part in: KCL asks again
          }
          if (leaseTable.checkpointShardEnd() == ShardCheckpointer.Answer.DONE) {
            events.shardCompleted(shardId);
            turns.close();
          }
        });
  }

  @Override
  public void requestStop(Instant by) {
    stopBy = by;
  }

  @Override
  public void release(ShardCheckpointer leaseTable) {
    turns.take(
        () -> {
          if (stopBy == null) {
            stopBy = clock.instant(); // one attempt
          }
          boolean drained = send(decisions::sendForRelease) && !refused;
          Optional<Position> end = checkpointable().filter(checkpoints::isAhead);
          if (end.isPresent()) {
            checkpoints.make(end.get(), leaseTable);
          }
          turns.close();
          events.shardReleased(shardId, drained);
        });
  }

  @Override
  public void leaseLost() {
    turns.take(
        () -> {
          turns.close();
          events.leaseLost(shardId);
        });
  }

  /** Takes no turn. */
  @Override
  public void abandon(Throwable cause) {
    turns.abandon(cause);
  }

  @Override
  public String shardId() {
    return shardId;
  }

  @Override
  public boolean isOpen() {
    return turns.isOpen();
  }

  @Override
  public boolean isAbandoned() {
    return turns.isAbandoned();
  }

  @Override
  public Instant lastProgress() {
    return lastProgress;
  }

  /** Since when something that was decided is on its way; open windows are no reason to worry. */
  @Override
  public Optional<Instant> oldestUncommitted() {
    return Optional.ofNullable(sendingSince);
  }

  @Override
  public OptionalLong millisBehindLatest() {
    return millisBehindLatest < 0 ? OptionalLong.empty() : OptionalLong.of(millisBehindLatest);
  }

  /** One of the ways to send. */
  private interface Sending {
    void send(java.util.function.BooleanSupplier giveUp)
        throws NotSentException, InterruptedException;
  }
}
