package dev.sluice.system;

import dev.sluice.producers.LogReplay;
import dev.sluice.producers.PartitionKeys;
import dev.sluice.producers.ReplayListener;
import dev.sluice.producers.ReplayOptions;
import dev.sluice.producers.ReplayResult;
import dev.sluice.samples.AccessLogOptions;
import dev.sluice.samples.SyntheticAccessLog;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Enumeration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * Lines with ids on their way into a stream, in the background. An id that the stream has accepted
 * is an obligation.
 */
final class LineLoad {
  /** Many more than real logs have, so that tiles carry rejects. */
  private static final double BROKEN_SHARE = 0.02;

  private final long logSeed;
  private final long firstId;
  private final int linesMax;
  private final AtomicInteger lines = new AtomicInteger();
  private final BitSet accepted = new BitSet(); // by place in the load
  private final long startMillis = System.currentTimeMillis();
  private int[] acceptedAfterMillis = new int[1024]; // by place in the load
  private final CompletableFuture<ReplayResult> replay = new CompletableFuture<>();
  private volatile boolean finished;

  private LineLoad(long logSeed, long firstId, int linesMax) {
    this.logSeed = logSeed;
    this.firstId = firstId;
    this.linesMax = linesMax;
  }

  /**
   * Starts to send, evenly over the shards.
   *
   * @param firstId id of the first line; they count up from there
   * @param linesMax the load ends there, or when it is finished before
   */
  static LineLoad start(
      KinesisClient kinesis,
      String stream,
      SplittableRandom random,
      long firstId,
      int linesMax,
      double linesPerSecond) {
    var load = new LineLoad(random.nextLong(), firstId, linesMax);
    ReplayOptions options =
        ReplayOptions.to(stream)
            .withLinesPerSecond(linesPerSecond)
            .withPartitionKeys(PartitionKeys.random(random.split()));
    var thread = new Thread(() -> load.send(kinesis, options), "line-load");
    thread.setDaemon(true);
    thread.start();
    return load;
  }

  private void send(KinesisClient kinesis, ReplayOptions options) {
    var listener =
        new ReplayListener() {
          @Override
          public void accepted(long lineNumber, String shardId, String sequenceNumber) {
            synchronized (accepted) {
              int place = (int) lineNumber - 1;
              accepted.set(place);
              if (place >= acceptedAfterMillis.length) {
                acceptedAfterMillis = Arrays.copyOf(acceptedAfterMillis, 2 * place);
              }
              acceptedAfterMillis[place] = (int) (System.currentTimeMillis() - startMillis);
            }
          }
        };
    try {
      replay.complete(
          LogReplay.inRealTime()
              .replay(new SequenceInputStream(lineByLine()), options, kinesis, listener));
    } catch (IOException e) {
      replay.completeExceptionally(new UncheckedIOException(e));
    } catch (Throwable e) {
      replay.completeExceptionally(e);
    }
  }

  private Enumeration<InputStream> lineByLine() {
    SyntheticAccessLog log = log();
    return new Enumeration<>() {
      @Override
      public boolean hasMoreElements() {
        return !finished && lines.get() < linesMax;
      }

      @Override
      public InputStream nextElement() {
        lines.incrementAndGet();
        byte[] line = log.nextLine();
        byte[] ended = Arrays.copyOf(line, line.length + 1);
        ended[line.length] = '\n';
        return new ByteArrayInputStream(ended);
      }
    };
  }

  /** The log from its first line; the same each time. */
  SyntheticAccessLog log() {
    return new SyntheticAccessLog(
        logSeed, AccessLogOptions.defaults().withIdsFrom(firstId).withBrokenShare(BROKEN_SHARE));
  }

  /** Lines that have been begun with: all of them once it is done. */
  int lines() {
    return lines.get();
  }

  /** No further line is begun with. */
  void finish() {
    finished = true;
  }

  boolean isDone() {
    return replay.isDone();
  }

  /** Waits until all lines are in the stream. */
  ReplayResult await() {
    return replay.copy().orTimeout(ChildProcess.MAX_WAIT.toSeconds(), TimeUnit.SECONDS).join();
  }

  /** How many lines the stream has acknowledged so far. */
  int acceptedLines() {
    synchronized (accepted) {
      return accepted.cardinality();
    }
  }

  /** When the stream has acknowledged an id, in epoch milliseconds. */
  long acceptedAtMillis(long id) {
    synchronized (accepted) {
      return startMillis + acceptedAfterMillis[(int) (id - firstId)];
    }
  }

  /** Ids that the stream has acknowledged so far, ascending. */
  long[] accepted() {
    synchronized (accepted) {
      return accepted.stream().mapToLong(place -> firstId + place).toArray();
    }
  }
}
