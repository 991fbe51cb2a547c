package dev.sluice.producers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.local.kinesis.KinesisEmulator;
import dev.sluice.local.kinesis.KinesisEmulatorOptions;
import dev.sluice.producers.ReplayStoppedException.Reason;
import dev.sluice.samples.AccessLogOptions;
import dev.sluice.samples.SyntheticAccessLog;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.KinesisClientBuilder;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** The engine with the real client, over the wire, into the emulator. */
class LogReplayAgainstEmulatorTest {
  private static final String STREAM = "access-logs";
  private static final int SHARDS = 4;
  private static final long SEED = 20_251_028;

  /** Where a line was said to be stored. */
  private record Position(String shardId, String sequenceNumber) {}

  private final Map<Long, Position> accepted = new HashMap<>();
  private final ReplayListener recording =
      new ReplayListener() {
        @Override
        public void accepted(long lineNumber, String shardId, String sequenceNumber) {
          Position before = accepted.put(lineNumber, new Position(shardId, sequenceNumber));
          assertThat(before).as("earlier position of line %d", lineNumber).isNull();
        }
      };

  @Test
  void storesTwentyThousandLinesOnceEachWithinTheLimitsOfTheShards() throws Exception {
    byte[] log = syntheticLog(20_000);
    try (var emulator = KinesisEmulator.start();
        KinesisClient client = client(emulator)) {
      create(client);

      ReplayResult result = replay(log, ReplayOptions.to(STREAM), client);

      assertThat(result.sent()).isEqualTo(20_000);
      assertThat(result.inDoubt()).isZero();
      assertStoredOnceEach(log, emulator);
    }
  }

  @Test
  void storesEveryLineOnceWhenAThirdOfTheEntriesFails() throws Exception {
    byte[] log = syntheticLog(5_000);
    try (var emulator =
            KinesisEmulator.start(KinesisEmulatorOptions.defaults().withShardLimits(false));
        KinesisClient client = client(emulator)) {
      create(client);
      emulator.faults().failPutRecordsEntries(0.3, SEED);

      ReplayResult result =
          replay(
              log, ReplayOptions.to(STREAM).withPartitionKeys(PartitionKeys.lineNumber()), client);

      emulator.faults().clear();
      assertThat(result.sent()).isEqualTo(5_000);
      assertThat(result.retried()).isBetween(1_500L, 3_000L);
      assertStoredOnceEach(log, emulator);
    }
  }

  @Test
  void storesEmptyLinesAndTheLongestLine() throws Exception {
    byte[] longest = "x ".repeat(512 * 1024).getBytes(StandardCharsets.US_ASCII);
    longest[longest.length - 1] = '\n'; // 1 MiB - 1 bytes of data and a key of one
    var log = new ByteArrayOutputStream();
    log.write('\n');
    log.write(longest);
    log.write('\n');
    try (var emulator = KinesisEmulator.start();
        KinesisClient client = client(emulator)) {
      create(client);

      ReplayResult result = replay(log.toByteArray(), ReplayOptions.to(STREAM), client);

      assertThat(result.sent()).isEqualTo(3);
      assertStoredOnceEach(log.toByteArray(), emulator);
    }
  }

  @Test
  void namesTheStreamThatIsMissing() {
    try (var emulator = KinesisEmulator.start();
        KinesisClient client = client(emulator)) {
      var stopped =
          catchThrowableOfType(
              ReplayStoppedException.class,
              () -> replay(new byte[] {'a'}, ReplayOptions.to("absent"), client));

      assertThat(stopped.reason()).isEqualTo(Reason.REFUSED);
      assertThat(stopped).hasMessageContaining("stream absent (ResourceNotFoundException");
    }
  }

  private ReplayResult replay(byte[] log, ReplayOptions options, KinesisClient client)
      throws IOException, InterruptedException {
    return LogReplay.inRealTime().replay(new ByteArrayInputStream(log), options, client, recording);
  }

  private static byte[] syntheticLog(int lines) throws IOException {
    var options = AccessLogOptions.defaults().withIds();
    try (InputStream log = new SyntheticAccessLog(SEED, options).asInputStream(lines)) {
      return log.readAllBytes();
    }
  }

  private static KinesisClient client(KinesisEmulator emulator) {
    return local(ReplayClient.builder(), emulator);
  }

  private static KinesisClient local(KinesisClientBuilder builder, KinesisEmulator emulator) {
    return builder
        .endpointOverride(emulator.endpoint())
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
        .build();
  }

  private static void create(KinesisClient client) {
    client.createStream(request -> request.streamName(STREAM).shardCount(SHARDS));
    client.waiter().waitUntilStreamExists(request -> request.streamName(STREAM));
  }

  /** Every line is in the stream once, at the place that was reported, and nothing else is. */
  private void assertStoredOnceEach(byte[] log, KinesisEmulator emulator) throws IOException {
    Map<Position, String> stored = readStream(emulator);
    Map<Position, String> expected = new HashMap<>();
    var lines = new LineReader(new ByteArrayInputStream(log), Integer.MAX_VALUE - 1);
    while (lines.next()) {
      expected.put(
          accepted.get(lines.number()),
          new String(lines.bytes(), 0, (int) lines.length(), StandardCharsets.ISO_8859_1));
    }
    assertThat(expected).hasSize((int) lines.number());
    assertThat(stored.equals(expected)).as("stream and log are equal").isTrue();
  }

  private static Map<Position, String> readStream(KinesisEmulator emulator) {
    Map<Position, String> stored = new HashMap<>();
    try (KinesisClient reader = local(KinesisClient.builder(), emulator)) {
      List<Shard> shards = reader.listShards(request -> request.streamName(STREAM)).shards();
      assertThat(shards).hasSize(SHARDS);
      for (Shard shard : shards) {
        for (Record found : readShard(reader, shard.shardId())) {
          SdkBytes data = found.data();
          stored.put(
              new Position(shard.shardId(), found.sequenceNumber()),
              data.asString(StandardCharsets.ISO_8859_1));
        }
      }
    }
    return stored;
  }

  private static List<Record> readShard(KinesisClient reader, String shardId) {
    List<Record> records = new ArrayList<>();
    String next =
        reader
            .getShardIterator(
                request ->
                    request
                        .streamName(STREAM)
                        .shardId(shardId)
                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
            .shardIterator();
    while (true) {
      String iterator = next;
      GetRecordsResponse page;
      try {
        page = reader.getRecords(request -> request.shardIterator(iterator));
      } catch (ProvisionedThroughputExceededException throttled) {
        continue; // the SDK has backed off already
      }
      records.addAll(page.records());
      if (page.records().isEmpty() && page.millisBehindLatest() == 0) {
        return records;
      }
      next = page.nextShardIterator();
    }
  }
}
