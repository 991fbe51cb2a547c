package dev.sluice.system;

import dev.sluice.producers.LogReplay;
import dev.sluice.producers.PartitionKeys;
import dev.sluice.producers.ReplayListener;
import dev.sluice.producers.ReplayOptions;
import dev.sluice.producers.ReplayResult;
import dev.sluice.samples.AccessLogOptions;
import dev.sluice.samples.SyntheticAccessLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
  private final int lines;
  private final SortedSet<Long> accepted = Collections.synchronizedSortedSet(new TreeSet<>());
  private final CompletableFuture<ReplayResult> replay = new CompletableFuture<>();

  private LineLoad(long logSeed, long firstId, int lines) {
    this.logSeed = logSeed;
    this.firstId = firstId;
    this.lines = lines;
  }

  /**
   * Starts to send, evenly over the shards.
   *
   * @param firstId id of the first line; they count up from there
   */
  static LineLoad start(
      KinesisClient kinesis,
      String stream,
      SplittableRandom random,
      long firstId,
      int lines,
      double linesPerSecond) {
    var load = new LineLoad(random.nextLong(), firstId, lines);
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
            accepted.add(firstId + lineNumber - 1);
          }
        };
    try {
      replay.complete(
          LogReplay.inRealTime().replay(log().asInputStream(lines), options, kinesis, listener));
    } catch (IOException e) {
      replay.completeExceptionally(new UncheckedIOException(e));
    } catch (Throwable e) {
      replay.completeExceptionally(e);
    }
  }

  /** The log from its first line; the same each time. */
  SyntheticAccessLog log() {
    return new SyntheticAccessLog(
        logSeed, AccessLogOptions.defaults().withIdsFrom(firstId).withBrokenShare(BROKEN_SHARE));
  }

  int lines() {
    return lines;
  }

  boolean isDone() {
    return replay.isDone();
  }

  /** Waits until all lines are in the stream. */
  ReplayResult await() {
    return replay.orTimeout(ChildProcess.MAX_WAIT.toSeconds(), TimeUnit.SECONDS).join();
  }

  /** Ids that the stream has acknowledged so far. */
  SortedSet<Long> accepted() {
    synchronized (accepted) {
      return new TreeSet<>(accepted);
    }
  }
}
