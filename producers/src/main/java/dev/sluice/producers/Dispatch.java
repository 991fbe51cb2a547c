package dev.sluice.producers;

import dev.sluice.producers.ReplayStoppedException.Reason;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator.SplittableGenerator;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * Gathers records into batches and hands these, at the pace asked for, to a bounded number of
 * senders. Used by one thread, which waits while all senders are busy.
 */
final class Dispatch implements AutoCloseable {
  private final ReplayOptions options;
  private final KinesisClient client;
  private final MonotonicClock clock;
  private final SplittableGenerator random;
  private final ReplayLedger ledger;
  private final Pacer pacer; // null: no pace
  private final int maxRecords;
  private final Semaphore free;
  private final ExecutorService senders;
  private RecordBatch batch;

  Dispatch(
      ReplayOptions options,
      KinesisClient client,
      MonotonicClock clock,
      SplittableGenerator random,
      ReplayLedger ledger) {
    this.options = options;
    this.client = client;
    this.clock = clock;
    this.random = random;
    this.ledger = ledger;
    int limit = options.limits().maxRecords();
    if (options.linesPerSecond().isPresent()) {
      double linesPerSecond = options.linesPerSecond().getAsDouble();
      this.pacer = new Pacer(linesPerSecond, clock);
      this.maxRecords = Pacer.linesPerTick(linesPerSecond, limit);
    } else {
      this.pacer = null;
      this.maxRecords = limit;
    }
    this.free = new Semaphore(options.inFlight());
    this.senders = newSenders(options.inFlight());
    this.batch = newBatch();
  }

  private static ExecutorService newSenders(int count) {
    var number = new AtomicInteger();
    return new ThreadPoolExecutor(
        count,
        count,
        0,
        TimeUnit.SECONDS,
        new ArrayBlockingQueue<>(count),
        task -> new Thread(task, "replay-sender-" + number.incrementAndGet()));
  }

  private RecordBatch newBatch() {
    return new RecordBatch(maxRecords, options.limits().maxRequestBytes());
  }

  /** Takes one record; sends the batch it belongs to, or the one before, when that is full. */
  void add(PendingRecord pending) throws InterruptedException {
    if (!batch.fits(pending)) {
      flush();
    }
    batch.add(pending);
    if (batch.isFull()) {
      flush();
    }
  }

  /** Sends what has gathered. */
  void flush() throws InterruptedException {
    if (batch.isEmpty()) {
      return;
    }
    List<PendingRecord> records = batch.records();
    batch = newBatch();
    if (pacer != null && !ledger.stopped()) {
      pacer.await(records.size());
    }
    free.acquire();
    var sender = new BatchSender(options, client, clock, random.split(), ledger, records);
    senders.execute(() -> run(sender));
  }

  private void run(BatchSender sender) {
    try {
      sender.send();
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    } catch (Throwable broken) { // any, or the replay would wait for this sender for ever
      ledger.stop(Reason.INTERNAL, "internal fault (" + broken + ")", broken);
    } finally {
      free.release();
    }
  }

  /** Waits until every batch handed over is settled. */
  void awaitAll() throws InterruptedException {
    free.acquire(options.inFlight());
    free.release(options.inFlight());
  }

  /** Ends the senders; those still at work, after an interruption only, are interrupted. */
  @Override
  public void close() {
    senders.shutdownNow();
  }
}
