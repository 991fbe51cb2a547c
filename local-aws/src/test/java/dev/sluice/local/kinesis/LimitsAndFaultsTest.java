package dev.sluice.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.ExpiredNextTokenException;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.LimitExceededException;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;
import software.amazon.awssdk.services.kinesis.model.ScalingType;
import software.amazon.awssdk.services.kinesis.model.ValidationException;

/**
 * What the emulator refuses: by the shards' limits, by its own bounds, by age, and on demand. The
 * clock stands still.
 */
class LimitsAndFaultsTest {
  private static final String THROTTLED = "ProvisionedThroughputExceededException";

  private final ManualClock clock = new ManualClock();
  private KinesisEmulator emulator;
  private TestServer server;

  private String streamOf(KinesisEmulatorOptions options) {
    emulator = KinesisEmulator.start(options.withClock(clock));
    server = new TestServer("the emulator", emulator.endpoint(), emulator::close, Set.of());
    return server.newStream(1);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private PutRecordsResponse put(String stream, int entries, int bytes) {
    PutRecordsRequestEntry entry =
        PutRecordsRequestEntry.builder()
            .partitionKey("k")
            .data(SdkBytes.fromByteArray(new byte[bytes]))
            .build();
    return server
        .kinesis()
        .putRecords(
            request -> request.streamName(stream).records(Collections.nCopies(entries, entry)));
  }

  private String iterator(String stream) {
    return server
        .kinesis()
        .getShardIterator(
            request ->
                request
                    .streamName(stream)
                    .shardId("shardId-000000000000")
                    .shardIteratorType("TRIM_HORIZON"))
        .shardIterator();
  }

  private int stored(String stream) {
    String iterator = iterator(stream);
    return server.kinesis().getRecords(request -> request.shardIterator(iterator)).records().size();
  }

  @Test
  void refusesSingleEntriesBeyondTheLimitsOfAShard() {
    String stream = streamOf(KinesisEmulatorOptions.defaults());

    assertThat(put(stream, 500, 10).failedRecordCount()).isZero();
    assertThat(put(stream, 400, 10).failedRecordCount()).isZero();
    PutRecordsResponse third = put(stream, 300, 10);

    assertThat(third.failedRecordCount()).isEqualTo(200);
    List<PutRecordsResultEntry> failed = third.records().subList(100, 300);
    assertThat(failed)
        .allSatisfy(entry -> assertThat(entry.errorCode()).isEqualTo(THROTTLED))
        .allSatisfy(entry -> assertThat(entry.errorMessage()).contains("Rate exceeded for shard"))
        .allSatisfy(entry -> assertThat(entry.sequenceNumber()).isNull());
    assertThat(stored(stream)).isEqualTo(1_000);
    clock.advance(Duration.ofSeconds(1));
    assertThat(put(stream, 300, 10).failedRecordCount()).isZero();
  }

  @Test
  void refusesBytesBeyondTheLimitsOfAShard() {
    String stream = streamOf(KinesisEmulatorOptions.defaults());

    assertThat(put(stream, 4, 300_000).failedRecordCount()).isEqualTo(1);
  }

  @Test
  void takesEverythingWithoutLimits() {
    String stream = streamOf(KinesisEmulatorOptions.defaults().withShardLimits(false));

    for (int i = 0; i < 6; i++) {
      assertThat(put(stream, 500, 1_000).failedRecordCount()).isZero();
    }
    assertThat(stored(stream)).isEqualTo(3_000);
  }

  @Test
  void refusesAPutThatItCanNotRetainAndTakesItOnceThereIsRoom() {
    String stream =
        streamOf(
            KinesisEmulatorOptions.defaults().withShardLimits(false).withRetainedBytesMax(300_000));
    put(stream, 2, 100_000);

    assertThatThrownBy(() -> put(stream, 1, 100_000))
        .isInstanceOf(LimitExceededException.class)
        .hasMessageContaining("retainedBytesMax")
        .hasMessageContaining("300000");
    long before = emulator.retainedBytes();
    clock.advance(Duration.ofHours(25)); // the old records have expired

    assertThat(put(stream, 1, 100_000).failedRecordCount()).isZero();
    assertThat(emulator.retainedBytes()).isLessThan(before);
    server.deleteStream(stream);
    assertThat(emulator.retainedBytes()).isZero();
  }

  @Test
  void refusesAnIteratorAndATokenOfMoreThanFiveMinutes() {
    String stream = streamOf(KinesisEmulatorOptions.defaults());
    String two = server.newStream(2);
    String iterator = iterator(stream);
    String token =
        server.kinesis().listShards(request -> request.streamName(two).maxResults(1)).nextToken();
    clock.advance(Duration.ofMinutes(5));
    server.kinesis().getRecords(request -> request.shardIterator(iterator));
    clock.advance(Duration.ofMillis(1));

    assertThatThrownBy(
            () -> server.kinesis().getRecords(request -> request.shardIterator(iterator)))
        .isInstanceOf(ExpiredIteratorException.class);
    assertThatThrownBy(() -> server.kinesis().listShards(request -> request.nextToken(token)))
        .isInstanceOf(ExpiredNextTokenException.class);
  }

  @Test
  void failsAShareOfTheEntriesOnDemandAndStoresTheOthers() {
    String stream = streamOf(KinesisEmulatorOptions.defaults());
    emulator.faults().failPutRecordsEntries(0.3, 42);

    PutRecordsResponse response = put(stream, 400, 10);

    assertThat(response.failedRecordCount()).isBetween(60, 180);
    assertThat(response.records())
        .filteredOn(entry -> entry.errorCode() != null)
        .hasSize(response.failedRecordCount())
        .extracting(PutRecordsResultEntry::errorCode)
        .contains("InternalFailure", THROTTLED);
    assertThat(stored(stream)).isEqualTo(400 - response.failedRecordCount());
    emulator.faults().clear();
    assertThat(put(stream, 400, 10).failedRecordCount()).isZero();
  }

  @Test
  void failsTheSameEntriesForTheSameSeed() {
    String stream = streamOf(KinesisEmulatorOptions.defaults());
    List<List<Integer>> failures =
        IntStream.range(0, 2)
            .mapToObj(
                round -> {
                  emulator.faults().failPutRecordsEntries(0.5, 7);
                  List<PutRecordsResultEntry> results = put(stream, 100, 10).records();
                  return IntStream.range(0, 100)
                      .filter(i -> results.get(i).errorCode() != null)
                      .boxed()
                      .toList();
                })
            .toList();

    assertThat(failures.get(0)).isEqualTo(failures.get(1));
  }

  private void rescale(String stream, int target) {
    server
        .kinesis()
        .updateShardCount(
            request ->
                request
                    .streamName(stream)
                    .targetShardCount(target)
                    .scalingType(ScalingType.UNIFORM_SCALING));
  }

  @Test
  void refusesToScaleMoreThanTenTimesADay() {
    String stream = streamOf(KinesisEmulatorOptions.defaults());
    for (int i = 0; i < 10; i++) {
      rescale(stream, i % 2 == 0 ? 2 : 1);
    }

    clock.advance(Duration.ofHours(24).minusMillis(1));
    assertThatThrownBy(() -> rescale(stream, 2))
        .isInstanceOf(LimitExceededException.class)
        .hasMessageContaining("10 times in the last 24 hours");
    clock.advance(Duration.ofMillis(1));
    rescale(stream, 2);
    assertThat(server.openShards(stream)).hasSize(2);
  }

  @Test
  void refusesToReshardAStreamInOnDemandMode() {
    streamOf(KinesisEmulatorOptions.defaults());
    server
        .kinesis()
        .createStream(
            request ->
                request
                    .streamName("on-demand")
                    .streamModeDetails(mode -> mode.streamMode("ON_DEMAND")));

    assertThatThrownBy(() -> rescale("on-demand", 8))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("on-demand is in ON_DEMAND mode");
  }

  @Test
  void failsAShareOfAllCallsOnDemand() {
    String stream = streamOf(KinesisEmulatorOptions.defaults());
    emulator.faults().failCalls(1, 3);

    // the SDK tries again by itself, in vain
    assertThatThrownBy(() -> put(stream, 1, 10))
        .isInstanceOfSatisfying(
            KinesisException.class, failure -> assertThat(failure.statusCode()).isEqualTo(500))
        .hasMessageContaining("fault on demand");
    emulator.faults().clear();
    assertThat(stored(stream)).isZero();
    emulator.faults().failCalls(0.3, 3);
    for (int i = 0; i < 20; i++) {
      assertThat(put(stream, 1, 10).failedRecordCount()).isZero(); // a retry gets through
    }
  }

  @Test
  void resetsConnectionsOnDemandBeforeOrAfterARecordIsStored() {
    String stream = streamOf(KinesisEmulatorOptions.defaults());
    int stored = 0;
    int unknown = 0;
    try (var client = Clients.withoutRetries(emulator.endpoint())) {
      emulator.faults().resetCalls(0.5, 9);
      for (int i = 0; i < 40; i++) {
        try {
          client.putRecord(
              request ->
                  request
                      .streamName(stream)
                      .partitionKey("k")
                      .data(SdkBytes.fromUtf8String("data")));
          stored++;
        } catch (SdkClientException lost) {
          unknown++;
        }
      }
    }
    emulator.faults().clear();

    assertThat(unknown).isBetween(5, 35);
    assertThat(stored(stream)).isGreaterThan(stored).isLessThan(40);
  }

  @Test
  void answersLaterOnDemand() {
    String stream = streamOf(KinesisEmulatorOptions.defaults());
    emulator.faults().delayCalls(Duration.ofMillis(300));
    long start = System.nanoTime();
    assertThat(put(stream, 1, 10).failedRecordCount()).isZero();
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(Duration.ofMillis(300)); // never earlier, however fast the machine

    emulator.faults().clear();
    assertThat(stored(stream)).isEqualTo(1);
    assertThatThrownBy(() -> emulator.faults().delayCalls(Duration.ofHours(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void throttlesEverythingOnDemand() {
    String stream = streamOf(KinesisEmulatorOptions.defaults());
    String iterator = iterator(stream);
    emulator.faults().throttleAll(true);

    assertThat(put(stream, 3, 10).failedRecordCount()).isEqualTo(3);
    assertThatThrownBy(
            () -> server.kinesis().getRecords(request -> request.shardIterator(iterator)))
        .isInstanceOf(ProvisionedThroughputExceededException.class);
    emulator.faults().throttleAll(false);
    assertThat(put(stream, 3, 10).failedRecordCount()).isZero();
  }
}
