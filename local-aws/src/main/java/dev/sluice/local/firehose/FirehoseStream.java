package dev.sluice.local.firehose;

import dev.sluice.local.LocalAccount;
import dev.sluice.local.RandomIds;
import dev.sluice.local.kinesis.StreamTail;
import dev.sluice.local.lambda.LocalLambda;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * One Firehose stream: takes records, and in a thread of its own brings what is due through the
 * function to S3, one batch at a time and in order. An object that S3 does not take is tried again,
 * before anything newer. What still waits when it closes is gone.
 */
public final class FirehoseStream {

  private static final Duration POLL_INTERVAL = Duration.ofMillis(100);
  private static final Duration STOP_TIME = Duration.ofSeconds(10);

  private static final int PUBLIC_ID_DIGITS = 32;

  /** Records read from the source at a time; they are bounded by the buffer beyond that. */
  private static final int PULLED_RECORDS_MAX = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(FirehoseStream.class);

  private final FirehoseStreamOptions options;
  private final InstantSource clock;
  private final RandomIds ids;
  private final TransformEvent event;
  private final RecordBuffer buffer;
  private final DeliveryLayout layout;
  private final long birthMillis;
  private final AtomicLong recordNumber = new AtomicLong();
  private final AtomicReference<FirehoseCounts> counts = new AtomicReference<>(FirehoseCounts.NONE);
  private final Deque<StreamTail.Item> pulled = new ArrayDeque<>();
  private int addedOfFirst; // records of the first of them that are in the buffer already
  private final S3Delivery undelivered;
  private final Thread delivery;
  private volatile boolean closed;

  FirehoseStream(FirehoseStreamOptions options, S3Client s3, InstantSource clock, RandomIds ids) {
    this.options = options;
    this.clock = clock;
    this.ids = ids;
    birthMillis = clock.millis();
    event =
        new TransformEvent(arn(), LocalAccount.REGION, options.source().map(StreamTail::streamArn));
    buffer =
        new RecordBuffer(
            options.bufferBytes(),
            options.bufferInterval(),
            LocalLambda.REQUEST_BYTES_LIMIT - event.bytesWithoutRecords());
    layout = new DeliveryLayout(options, ids);
    undelivered = new S3Delivery(s3, options.bucket(), this::count);
    delivery = new Thread(this::run, "firehose-" + options.name());
    delivery.setDaemon(true);
  }

  void start() {
    delivery.start();
  }

  long birthMillis() {
    return birthMillis;
  }

  public FirehoseStreamOptions options() {
    return options;
  }

  public String arn() {
    return "arn:aws:firehose:"
        + LocalAccount.REGION
        + ":"
        + LocalAccount.ID
        + ":deliverystream/"
        + options.name();
  }

  public FirehoseCounts counts() {
    return counts.get();
  }

  /** Records that no batch has taken yet. */
  public long waitingRecords() {
    return buffer.waitingRecords();
  }

  /**
   * Takes a record by direct put.
   *
   * @return its public id; empty when too much waits already
   */
  Optional<String> put(byte[] data) {
    if (!add(data, clock.millis(), Optional.empty(), 0)) {
      return Optional.empty();
    }
    return Optional.of(ids.hex(PUBLIC_ID_DIGITS));
  }

  private boolean add(
      byte[] data, long arrivalMillis, Optional<StreamTail.Item> source, long subSequenceNumber) {
    boolean taken =
        buffer.add(
            new FirehoseRecord(nextRecordId(), arrivalMillis, data, source, subSequenceNumber));
    if (taken) {
      count(FirehoseCounts.ofReceived(1));
    }
    if (buffer.isFull()) {
      LockSupport.unpark(delivery);
    }
    return taken;
  }

  /** As the service's look: 56 digits like a sequence number, then six. */
  private String nextRecordId() {
    return String.format(
        Locale.ROOT, "49%018d%036d000000", birthMillis, recordNumber.incrementAndGet());
  }

  private void count(FirehoseCounts more) {
    counts.accumulateAndGet(more, FirehoseCounts::plus);
  }

  private void run() {
    while (!closed) {
      try {
        deliver(false);
      } catch (RuntimeException again) {
        if (!closed) {
          LOG.warn("Firehose stream {} will try again", options.name(), again);
        }
      }
      LockSupport.parkNanos(POLL_INTERVAL.toNanos());
    }
  }

  /**
   * Brings to S3, before it returns, whatever is due now by size or by the clock. The stream does
   * so by itself all the time; this is for a test that has moved the clock.
   *
   * @throws SdkException when S3 does not take it; it is kept
   */
  public void deliverDue() {
    deliver(false);
  }

  /**
   * Brings to S3, before it returns, everything that was put or that the source stream holds,
   * whatever the buffering hints say, and what the function puts meanwhile.
   *
   * @throws SdkException when S3 does not take it; it is kept
   */
  public void flush() {
    deliver(true);
  }

  private synchronized void deliver(boolean everything) {
    while (!closed) {
      undelivered.write();
      pull();
      List<FirehoseRecord> batch = buffer.takeDue(clock.millis(), everything);
      if (batch.isEmpty()) {
        return;
      }
      TransformedBatch transformed =
          options
              .transformation()
              .map(by -> TransformedBatch.by(by, event, batch, ids, clock))
              .orElseGet(() -> TransformedBatch.unchanged(batch, clock));
      undelivered.add(layout.objects(transformed));
      count(FirehoseCounts.ofBatch(transformed));
      undelivered.write();
    }
  }

  private void pull() {
    if (options.source().isEmpty()) {
      return;
    }
    if (pulled.isEmpty()) {
      pulled.addAll(options.source().get().next(PULLED_RECORDS_MAX));
    }
    for (StreamTail.Item item = pulled.peek(); item != null; item = pulled.peek()) {
      List<StreamTail.Item> records = KplAggregate.userRecords(item);
      while (addedOfFirst < records.size()) {
        StreamTail.Item record = records.get(addedOfFirst);
        if (!add(record.data(), record.arrivalMillis(), Optional.of(record), addedOfFirst)) {
          return; // no room: the rest stays here, and nothing more is read
        }
        addedOfFirst++;
      }
      pulled.remove();
      addedOfFirst = 0;
    }
  }

  /** Stops at once; an invocation that runs is not waited for. */
  void close() {
    closed = true;
    delivery.interrupt();
    try {
      delivery.join(STOP_TIME.toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
