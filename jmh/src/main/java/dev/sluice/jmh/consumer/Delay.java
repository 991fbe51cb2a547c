package dev.sluice.jmh.consumer;

import dev.sluice.consumer.tiles.Position;
import dev.sluice.consumer.tiles.TileHeader;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/**
 * How long it takes from the call of PutRecords until a line is seen in S3, while lines come at a
 * steady rate. What a look at S3 takes is in it.
 *
 * @param exitCode of the stop behind it
 */
record Delay(double medianSeconds, double p99Seconds, double perSecond, int exitCode) {
  /** Age at which an object is put. */
  static final Duration FLUSH_INTERVAL = Duration.ofSeconds(2);

  /** No object is put for its size. */
  private static final int OBJECT_RECORDS = 1_000_000;

  /** Rate until the first object is there, as a share of the later one. */
  private static final double FIRST_SHARE = 0.1;

  private static final Duration MAX_START = Duration.ofMinutes(2);
  private static final Duration MAX_REST = Duration.ofMinutes(1);
  private static final double P99 = 0.99;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final long IDLE_MILLIS = 1;

  /** A record that is not seen in S3 yet. */
  private record Waiting(Position position, long putNanos, boolean measured) {}

  /**
   * @param rate records a second
   * @param settling time at that rate before the measurement
   * @param measured time of the measurement
   * @throws IllegalStateException if not each line becomes durable, once
   */
  static Delay run(Bench bench, double rate, Duration settling, Duration measured) {
    LoadedStream stream = bench.newStream();
    Output output = bench.newOutput();
    try (ReaderProcess reader =
        bench.start(
            ReaderKind.OURS,
            Bench.newApplication(ReaderKind.OURS),
            stream,
            output,
            OBJECT_RECORDS,
            FLUSH_INTERVAL)) {
      var run = new Load(bench, stream, output, reader);
      run.putUntilSeen(rate * FIRST_SHARE);
      run.put(rate, settling, false);
      double reached = run.put(rate, measured, true);
      run.awaitRest();
      int exitCode = reader.stop();
      long lines = output.lines();
      if (lines != stream.records()) {
        throw new IllegalStateException(lines + " lines in S3, of " + stream.records());
      }
      Collections.sort(run.seconds);
      return new Delay(
          run.seconds.get(run.seconds.size() / 2),
          run.seconds.get((int) (P99 * (run.seconds.size() - 1))),
          reached,
          exitCode);
    }
  }

  /** Puts and looks in turns. */
  private static final class Load {
    private final Bench bench;
    private final LoadedStream stream;
    private final Output output;
    private final ReaderProcess reader;
    private final Map<String, Deque<Waiting>> waiting = new HashMap<>(); // by shard
    private final Set<String> seen = new HashSet<>();
    private final List<Double> seconds = new ArrayList<>();

    Load(Bench bench, LoadedStream stream, Output output, ReaderProcess reader) {
      this.bench = bench;
      this.stream = stream;
      this.output = output;
      this.reader = reader;
    }

    void putUntilSeen(double rate) {
      long start = System.nanoTime();
      while (seen.isEmpty()) {
        put(rate, Duration.ofSeconds(1), false);
        requireWithin(MAX_START, start);
      }
    }

    /** Answers the rate that was reached. */
    double put(double rate, Duration time, boolean measured) {
      long start = System.nanoTime();
      long records = 0;
      long passed = 0;
      while (passed < time.toNanos()) {
        long due = (long) (rate * passed / NANOS_PER_SECOND) - records;
        if (due >= LoadedStream.BATCH / 2) {
          int count = (int) Math.min(due, LoadedStream.BATCH);
          put(count, measured);
          records += count;
        } else {
          look();
          Waits.sleep(IDLE_MILLIS);
        }
        passed = System.nanoTime() - start;
      }
      look();
      return records * NANOS_PER_SECOND / passed;
    }

    private void put(int count, boolean measured) {
      long now = System.nanoTime();
      for (PutRecordsResultEntry entry : stream.put(count)) {
        waiting
            .computeIfAbsent(entry.shardId(), shard -> new ArrayDeque<>())
            .add(new Waiting(new Position(entry.sequenceNumber(), 0), now, measured));
      }
    }

    private void look() {
      reader.requireAlive();
      for (String key : output.keys()) {
        if (seen.add(key)) {
          Map<String, String> metadata =
              bench.clients().s3().headObject(r -> r.bucket(output.bucket()).key(key)).metadata();
          durable(TileHeader.fromMetadata(key, metadata));
        }
      }
    }

    private void durable(TileHeader tile) {
      long now = System.nanoTime();
      Deque<Waiting> shard = waiting.getOrDefault(tile.shardId(), new ArrayDeque<>());
      while (!shard.isEmpty() && !shard.peek().position.isAbove(tile.last())) {
        Waiting record = shard.remove();
        if (record.measured) {
          seconds.add((now - record.putNanos) / NANOS_PER_SECOND);
        }
      }
    }

    void awaitRest() {
      long start = System.nanoTime();
      while (waiting.values().stream().anyMatch(shard -> !shard.isEmpty())) {
        look();
        Waits.sleep(IDLE_MILLIS);
        requireWithin(MAX_REST, start);
      }
    }

    private static void requireWithin(Duration most, long startNanos) {
      if (System.nanoTime() - startNanos > most.toNanos()) {
        throw new IllegalStateException("lines are not in S3 after " + most.toSeconds() + " s");
      }
    }
  }
}
