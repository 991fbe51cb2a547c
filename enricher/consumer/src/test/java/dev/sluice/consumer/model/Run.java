package dev.sluice.consumer.model;

import dev.sluice.consumer.kcl.Processors;
import dev.sluice.consumer.tiles.CommitLane;
import dev.sluice.consumer.tiles.ConsumerEvents;
import dev.sluice.consumer.tiles.ContinuesFrom;
import dev.sluice.consumer.tiles.ForeignObjectException;
import dev.sluice.consumer.tiles.Position;
import dev.sluice.consumer.tiles.S3TileStore;
import dev.sluice.consumer.tiles.ShardContext;
import dev.sluice.consumer.tiles.ShardReader;
import dev.sluice.consumer.tiles.ShardRun;
import dev.sluice.consumer.tiles.StoreException;
import dev.sluice.consumer.tiles.TileCounts;
import dev.sluice.consumer.tiles.TileHeader;
import dev.sluice.enricher.BatchEnricher;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.kinesis.checkpoint.ShardRecordProcessorCheckpointer;
import software.amazon.kinesis.leases.ShardInfo;
import software.amazon.kinesis.lifecycle.events.InitializationInput;
import software.amazon.kinesis.lifecycle.events.LeaseLostInput;
import software.amazon.kinesis.lifecycle.events.ProcessRecordsInput;
import software.amazon.kinesis.lifecycle.events.ShardEndedInput;
import software.amazon.kinesis.lifecycle.events.ShutdownRequestedInput;
import software.amazon.kinesis.processor.ShardRecordProcessor;
import software.amazon.kinesis.retrieval.KinesisClientRecord;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;

/** One lease of one shard, as KCL drives it: the real processor, and what was delivered to it. */
final class Run {
  final Worker worker;
  final Shard shard;
  final String id;
  final Deque<TileHeader> uncounted = new ArrayDeque<>(); // stored, and no line counted yet
  private final World world;
  private final ShardRecordProcessor processor;
  private final ShardRecordProcessorCheckpointer checkpointer;
  private final ManualTimer.Tick tick;
  private ShardReader reader;
  private int fetched; // entries
  private boolean busy; // a thread of KCL is inside
  private boolean ticking; // the timer is inside
  private boolean endAsked;
  private boolean over; // KCL is done with it
  private boolean abandoned;
  private boolean orphaned; // could not remove a rejects object
  private int commits; // waiting for a thread, or on one

  Run(World world, Worker worker, Shard shard) {
    this.world = world;
    this.worker = worker;
    this.shard = shard;
    id = worker.nextRunId();
    checkpointer =
        Processors.checkpointer(
            new ShardInfo(shard.id(), id, List.of(), shard.checkpoint), world.leases());
    processor = Processors.processor(this::open, worker.shards, cause -> worker.stop());
    fetched = Math.max(shard.expired, shard.indexAfterCheckpoint());
    // InitializeTask of KCL
    checkpointer.largestPermittedCheckpointValue(shard.checkpoint);
    checkpointer.setInitialCheckpointValue(shard.checkpoint);
    processor.initialize(
        InitializationInput.builder()
            .shardId(shard.id())
            .extendedSequenceNumber(shard.checkpoint)
            .build());
    tick = worker.timer.newest();
  }

  private ShardReader open(String shardId, ContinuesFrom start) {
    var events = new Events();
    var store =
        new S3TileStore(
            world.s3(), "bucket", world.plan().retries(), world, world.random(), events);
    reader =
        new ShardRun(
            new ShardContext(
                shard.address,
                id,
                World.LAYOUT,
                world.plan().limits(),
                store,
                world.sinks(),
                new CommitLane(this::startCommit),
                new BatchEnricher(world.lines()),
                world.clock(),
                events,
                world),
            start,
            World.CHECKPOINT_INTERVAL,
            world,
            worker::stop);
    return reader;
  }

  private void startCommit(Runnable commit) {
    world.require(commits == 0, () -> "two commits of " + id + " are in flight");
    commits++;
    world.enqueue(
        this,
        () -> {
          try {
            commit.run();
          } finally {
            commits--;
          }
        });
  }

  /** Whether KCL can call it: it has not ended, and nobody is inside. */
  boolean isIdle() {
    return !over && !busy && !ticking;
  }

  boolean isOver() {
    return over;
  }

  boolean isAbandoned() {
    return abandoned;
  }

  /** Whether the end of the shard was tried, and refused. */
  boolean hasAskedForEnd() {
    return endAsked;
  }

  boolean isAtEnd() {
    return shard.isDelivered(fetched);
  }

  boolean hasMore() {
    return fetched < shard.produced;
  }

  private void call(Supplier<String> what, Runnable work) {
    busy = true;
    world.act(
        () -> id + ' ' + what.get(),
        this,
        () -> {
          try {
            work.run();
          } finally {
            busy = false;
          }
        });
  }

  /**
   * The next records.
   *
   * @param repeated how many of those before come again
   * @param damaged whether one cannot be read: a bug of ours, or of KCL
   */
  void deliver(int count, int repeated, boolean damaged) {
    fetched = Math.max(fetched, shard.expired);
    int from = Math.max(shard.expired, fetched - repeated);
    int to = Math.min(shard.produced, fetched + count);
    List<Shard.Entry> batch = shard.entries.subList(Math.min(from, to), to);
    fetched = to;
    call(
        () ->
            "gets "
                + batch.stream().map(e -> e.position().text()).toList()
                + (damaged ? " damaged" : ""),
        () -> {
          var records = new ArrayList<KinesisClientRecord>();
          for (Shard.Entry entry : batch) {
            records.add(record(entry, damaged));
          }
          if (!batch.isEmpty()) { // ProcessTask of KCL, before it calls the processor
            ExtendedSequenceNumber last = batch.get(batch.size() - 1).extended();
            if (last.compareTo(checkpointer.largestPermittedCheckpointValue()) > 0) {
              checkpointer.largestPermittedCheckpointValue(last);
            }
          }
          processor.processRecords(
              ProcessRecordsInput.builder()
                  .records(records)
                  .millisBehindLatest(0L)
                  .checkpointer(checkpointer)
                  .build());
        });
  }

  private static KinesisClientRecord record(Shard.Entry entry, boolean damaged) {
    return KinesisClientRecord.builder()
        .sequenceNumber(entry.position().sequenceNumber())
        .subSequenceNumber(entry.position().subSequenceNumber())
        .approximateArrivalTimestamp(entry.arrival())
        .partitionKey("key")
        .data(damaged ? null : ByteBuffer.wrap(entry.payload()))
        .build();
  }

  /** All of the closed shard was delivered: ShutdownTask of KCL, which comes again if refused. */
  void endShard() {
    endAsked = true;
    call(
        () -> "is told that the shard ended",
        () -> {
          if (!checkpointer
              .largestPermittedCheckpointValue()
              .equals(ExtendedSequenceNumber.SHARD_END)) {
            checkpointer.sequenceNumberAtShardEnd(checkpointer.largestPermittedCheckpointValue());
            checkpointer.largestPermittedCheckpointValue(ExtendedSequenceNumber.SHARD_END);
          }
          processor.shardEnded(ShardEndedInput.builder().checkpointer(checkpointer).build());
          if (ExtendedSequenceNumber.SHARD_END.equals(checkpointer.lastCheckpointValue())) {
            over = true;
            worker.runs.remove(this);
          }
        });
  }

  /** A graceful stop, while the lease is held. */
  void requestShutdown() {
    call(
        () -> "is asked to shut down",
        () -> {
          processor.shutdownRequested(
              ShutdownRequestedInput.builder().checkpointer(checkpointer).build());
          end();
        });
  }

  /** KCL has noticed that somebody else has the lease. */
  void loseLease() {
    call(
        () -> "learns that its lease is lost",
        () -> {
          processor.leaseLost(LeaseLostInput.builder().build());
          end();
        });
  }

  private void end() {
    over = true;
    worker.runs.remove(this);
    if (shard.owner == this) {
      shard.owner = null;
    }
  }

  /** The timer of the worker, beside KCL's thread. */
  boolean tick() {
    if (tick.isCancelled() || ticking) {
      return false;
    }
    ticking = true;
    world.act(
        () -> id + " ticks",
        this,
        () -> {
          try {
            tick.fire();
          } finally {
            ticking = false;
          }
        });
    return true;
  }

  /** Its process is dead: frees what it holds in memory, without any effect. */
  void bury() {
    over = true;
    if (!busy && !ticking) {
      reader.leaseLost();
    }
  }

  /** What the run says of itself. */
  private final class Events implements ConsumerEvents {
    @Override
    public void tileCommitted(String shardId, TileCounts counts, int bytes) {
      TileHeader stored = uncounted.poll();
      world.require(stored != null, () -> id + " counts lines of a tile that is not committed");
      world.require(
          stored.records() == counts.records() && stored.in() == counts.outcomes().in(),
          () -> id + " counts other lines than it has committed");
    }

    @Override
    public void tileAdopted(String shardId, Position last) {
      world.trace(() -> id + " adopts up to " + last.text());
      if (!orphaned) {
        world.oracle().adopted(id + '.');
      }
    }

    @Override
    public void rejectsOrphaned(String key) {
      orphaned = true;
    }

    @Override
    public void shardAbandoned(String shardId, Throwable cause) {
      if (worker.isDead()) {
        return;
      }
      abandoned = true;
      world.trace(() -> id + " gives the shard up: " + cause);
      boolean expected =
          cause instanceof StoreException
              || cause instanceof World.Violation
              || (cause instanceof ForeignObjectException && world.plan().foreignObjects())
              || (cause instanceof NullPointerException && world.plan().damage());
      world.require(expected, () -> id + " gives the shard up without need: " + cause);
    }
  }
}
