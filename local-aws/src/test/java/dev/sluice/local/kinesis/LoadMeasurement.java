package dev.sluice.local.kinesis;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.kinesis.model.Shard;

/**
 * Loads records into the emulator without limits and fans them out, and prints how long each took.
 * From the project's folder:
 *
 * <pre>
 * mvn -q -o -pl local-aws -am test -Dtest=LoadTest -Dsurefire.failIfNoSpecifiedTests=false -Dsluice.load.rounds=3
 * </pre>
 */
final class LoadMeasurement {
  static final int RECORDS = 100_000;
  static final int RECORD_BYTES = 250;
  static final int SHARDS = 4;

  /** One measured load. Distinct keys and problems tell whether everything came, once. */
  record Result(
      Duration loading, Duration fanOut, long received, int distinct, List<String> problems) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%,d records of %d bytes over %d shards: loaded in %.2f s, fanned out in %.2f s",
          received,
          RECORD_BYTES,
          SHARDS,
          loading.toMillis() / 1e3,
          fanOut.toMillis() / 1e3);
    }
  }

  private LoadMeasurement() {}

  /** Loads the stream first and reads it then, so that the two times do not mix. */
  static Result run() throws InterruptedException {
    var emulator = KinesisEmulator.start(KinesisEmulatorOptions.defaults().withShardLimits(false));
    try (var server =
        new TestServer("the emulator", emulator.endpoint(), emulator::close, Set.of())) {
      String stream = server.newStream(SHARDS);
      var load = new RecordLoad(server.async(), stream, RECORD_BYTES);
      long start = System.nanoTime();
      load.put(0, RECORDS);
      long loaded = System.nanoTime();
      try (var reader = new FanOutReader(server.async(), server.newConsumer(stream))) {
        long subscribed = System.nanoTime();
        server.shards(stream).stream().map(Shard::shardId).forEach(reader::follow);
        Eventually.holds(() -> reader.count() >= RECORDS);
        Duration fanOut = Duration.ofNanos(System.nanoTime() - subscribed);
        Set<String> distinct = new TreeSet<>();
        reader.shards().forEach(shard -> distinct.addAll(reader.keys(shard)));
        return new Result(
            Duration.ofNanos(loaded - start),
            fanOut,
            reader.count(),
            distinct.size(),
            reader.problems());
      }
    }
  }
}
