package dev.sluice.producers;

import dev.sluice.producers.ReplayStoppedException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator.SplittableGenerator;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * Replays a log into a Kinesis stream: one line becomes one record, written by plain PutRecords.
 *
 * <p><b>Lines.</b> They end at LF, a CR before it belongs to the line end, and neither is sent. An
 * empty line is a record without data. A line that does not fit into a record together with its
 * partition key is refused, reported with its number and length, and never cut. Input that starts
 * as gzip does is decompressed, all members of it.
 *
 * <p><b>No promise of order.</b> PutRecords does not order the records of a request, several
 * requests are in flight, and entries that failed are sent again behind later ones. The lines of
 * one partition key land in one shard, mostly but not surely in the order of the log.
 *
 * <p><b>Stored at least once.</b> An entry that Kinesis acknowledged is never sent again. But where
 * an answer is lost (connection reset, time-out, server error) nobody can tell whether the records
 * were stored; they are sent again and Kinesis takes them as new records. Such entries are counted
 * in {@link ReplayResult#inDoubt}. The count is only true if the client makes no retries of its own
 * below: open it with {@link ReplayClient#open}.
 *
 * <p><b>Bounds.</b> At most {@link ReplayOptions#inFlight} requests under way plus one being
 * filled. Requests leave when they are full (or, at a given pace, every tenth of a second), so
 * lines of a slow pipe wait for their request to fill.
 *
 * <p>Thread-safe; one instance may run several replays.
 */
public final class LogReplay {
  private final MonotonicClock clock;
  private final SplittableGenerator random;

  /**
   * @param clock measures the pace and does the waiting
   * @param random jitter of the backoff
   */
  public LogReplay(MonotonicClock clock, SplittableGenerator random) {
    this.clock = Objects.requireNonNull(clock, "clock");
    this.random = Objects.requireNonNull(random, "random");
  }

  /** Runs in real time with unpredictable jitter. */
  public static LogReplay inRealTime() {
    return new LogReplay(MonotonicClock.SYSTEM, new SplittableRandom());
  }

  /**
   * Replays a file, plain or gzip.
   *
   * @throws IOException the file cannot be opened
   * @throws ReplayStoppedException not everything could be stored
   */
  public ReplayResult replay(
      Path file, ReplayOptions options, KinesisClient client, ReplayListener listener)
      throws IOException, InterruptedException {
    try (ReplayInput input = ReplayInput.open(file)) {
      return replay(input, options, client, listener);
    }
  }

  /**
   * Replays a stream, plain or gzip, to its end; it is left open.
   *
   * @throws IOException the stream cannot be read at all
   * @throws ReplayStoppedException not everything could be stored
   */
  public ReplayResult replay(
      InputStream in, ReplayOptions options, KinesisClient client, ReplayListener listener)
      throws IOException, InterruptedException {
    return replay(ReplayInput.of(in), options, client, listener);
  }

  private ReplayResult replay(
      ReplayInput input, ReplayOptions options, KinesisClient client, ReplayListener listener)
      throws InterruptedException {
    var ledger = new ReplayLedger(clock, listener, input);
    try (var dispatch = new Dispatch(options, client, clock, splitRandom(), ledger)) {
      var lines = new LineReader(input.content(), options.limits().maxRecordBytes() - 1);
      try {
        while (!ledger.stopped() && lines.next()) {
          ledger.lineRead();
          submit(lines, options, ledger, dispatch);
        }
      } catch (IOException unreadable) {
        // what was read so far is good and goes out before the error is reported
        dispatch.flush();
        dispatch.awaitAll();
        ledger.notStored(lines.number() + 1);
        ledger.stop(
            Reason.INPUT_UNREADABLE, "cannot read on: " + unreadable.getMessage(), unreadable);
      }
      dispatch.flush();
      dispatch.awaitAll();
    }
    return ledger.close();
  }

  private SplittableGenerator splitRandom() {
    synchronized (random) {
      return random.split();
    }
  }

  private static void submit(
      LineReader lines, ReplayOptions options, ReplayLedger ledger, Dispatch dispatch)
      throws InterruptedException {
    if (!lines.tooLong()) {
      int length = (int) lines.length();
      String key = options.partitionKeys().keyOf(lines.bytes(), length, lines.number());
      int keyBytes = PendingRecord.keyBytes(key);
      if (length + keyBytes <= options.limits().maxRecordBytes()) {
        byte[] data = Arrays.copyOf(lines.bytes(), length);
        dispatch.add(PendingRecord.of(lines.number(), data, key, keyBytes));
        return;
      }
    }
    ledger.refused(new RefusedLine(lines.number(), lines.length()));
  }
}
