package dev.sluice.producers;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
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
 * as gzip (all members of it) or Zstandard does is decompressed. Numbers of lines go on over
 * several passes and after an offset that was saved.
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
 * <p><b>Ended early, and on again.</b> With {@link ReplayOptions#offsetFile} the offset is saved
 * whenever a request is stored as a whole, one request after the other. A replay that is killed and
 * run again loses no line, and sends the lines of one request again at most.
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
   * Replays a file, plain or compressed.
   *
   * @throws IOException the file or the offset file cannot be read at all, or the offset is that of
   *     another input
   * @throws ReplayStoppedException not everything could be stored
   */
  public ReplayResult replay(
      Path file, ReplayOptions options, KinesisClient client, ReplayListener listener)
      throws IOException, InterruptedException {
    return replay(() -> ReplayInput.open(file), options, client, listener);
  }

  /**
   * Replays a stream, plain or compressed, to its end; it is left open.
   *
   * @throws IllegalArgumentException more than one pass is asked for
   * @throws IOException the stream or the offset file cannot be read at all
   * @throws ReplayStoppedException not everything could be stored
   */
  public ReplayResult replay(
      InputStream in, ReplayOptions options, KinesisClient client, ReplayListener listener)
      throws IOException, InterruptedException {
    if (options.passes() > 1) {
      throw new IllegalArgumentException("a stream can be replayed once only");
    }
    InputStream left = leftOpen(in);
    return replay(() -> ReplayInput.of(left), options, client, listener);
  }

  private static InputStream leftOpen(InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        return in.read(target, offset, length);
      }

      @Override
      public void close() {
        // whoever opened it closes it
      }
    };
  }

  private ReplayResult replay(
      ReplayRun.Source source, ReplayOptions options, KinesisClient client, ReplayListener listener)
      throws IOException, InterruptedException {
    return new ReplayRun(source, options, client, listener, clock, splitRandom()).run();
  }

  private SplittableGenerator splitRandom() {
    synchronized (random) {
      return random.split();
    }
  }
}
