package dev.sluice.producers;

import dev.sluice.producers.ReplayStoppedException.Reason;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
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
  private final Consumer<ReplayOffset> offsets;
  private final Pacer pacer;
  private final int maxRecords;
  private final Semaphore free;
  private final ExecutorService senders;
  private RecordBatch batch;
  private ReplayOffset gathered;

  /**
   * @param offsets told, by a sender, whenever a batch is stored as a whole, of the offset behind
   *     it
   */
  Dispatch(
      ReplayOptions options,
      KinesisClient client,
      MonotonicClock clock,
      SplittableGenerator random,
      ReplayLedger ledger,
      Consumer<ReplayOffset> offsets) {
    this.options = options;
    this.client = client;
    this.clock = clock;
    this.random = random;
    this.ledger = ledger;
    this.offsets = offsets;
    this.pacer = new Pacer(clock, ledger::goesOn);
    int limit = options.limits().maxRecords();
    this.maxRecords =
        options.pace() instanceof Pace.LinesPerSecond even
            ? Pacer.linesPerTick(even.linesPerSecond(), limit)
            : limit;
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

  /**
   * Takes one record; sends the batch it belongs to, or the one before, when that is full.
   *
   * @param behind offset behind the record
   */
  void add(PendingRecord pending, ReplayOffset behind) throws InterruptedException {
    if (!batch.fits(pending)) {
      flush();
    }
    batch.add(pending);
    gathered = behind;
    if (batch.isFull()) {
      flush();
    }
  }

  /** Sends what has gathered. */
  void flush() throws InterruptedException {
    if (batch.isEmpty()) {
      return;
    }
    RecordBatch full = batch;
    ReplayOffset behind = gathered;
    batch = newBatch();
    free.acquire(); // first, as what was sent before shall be settled while this one waits
    pacer.await(full.dueNanos());
    var sender = new BatchSender(options, client, clock, random.split(), ledger, full.records());
    senders.execute(() -> run(sender, behind));
  }

  private void run(BatchSender sender, ReplayOffset behind) {
    try {
      if (sender.send()) {
        offsets.accept(behind);
      }
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
