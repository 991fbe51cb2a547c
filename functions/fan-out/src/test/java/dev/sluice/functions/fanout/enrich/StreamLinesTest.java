package dev.sluice.functions.fanout.enrich;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.enricher.Outcome;
import dev.sluice.enricher.OutputBuffer;
import dev.sluice.functions.fanout.TestBatch;
import dev.sluice.functions.fanout.event.StreamBatch;
import dev.sluice.functions.fanout.sending.Attempts;
import dev.sluice.functions.fanout.sending.PartialCalls;
import dev.sluice.invocation.TimeLeft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;

/** The calls that lines become, and what is refused of them. */
class StreamLinesTest {
  private static final TimeLeft TIME = new TimeLeft(() -> 60_000, Duration.ofSeconds(10));

  private final Random random = new Random(20_261_122);
  private final List<Integer> calls = new ArrayList<>();
  private final List<String> taken = new ArrayList<>();

  private StreamLines lines(StreamPut put, String partitionKey, int maxRecordBytes) {
    return new StreamLines(
        put,
        partitionKey,
        maxRecordBytes,
        new PartialCalls(new Attempts(5, pause -> {}, random)),
        random);
  }

  private List<String> takeAll(List<PutRecordsRequestEntry> entries) {
    calls.add(entries.size());
    entries.forEach(entry -> taken.add(entry.data().asUtf8String()));
    return new ArrayList<>(Collections.nCopies(entries.size(), null));
  }

  /** A batch with this line in each record. */
  private static EnrichedBatch filled(StreamBatch source, String line) {
    var enriched = new EnrichedBatch();
    enriched.begin(source, "app");
    source
        .records()
        .forEach(
            record -> {
              var json = new OutputBuffer();
              json.append(line.getBytes(UTF_8));
              enriched.payload(record, 0).enriched(0, json, Outcome.ENRICHED);
              enriched.endRecord();
            });
    return enriched;
  }

  private static StreamBatch source(int records) {
    var payloads = new ArrayList<byte[]>();
    for (int i = 0; i < records; i++) {
      payloads.add(new byte[0]);
    }
    return TestBatch.of(0, payloads);
  }

  @Test
  void callsAreAsLargeAsKinesisTakes() {
    StreamLines.Sent sent =
        lines(this::takeAll, "random", 1 << 20).send(filled(source(1_201), "{}"), TIME);
    assertThat(sent).isEqualTo(new StreamLines.Sent(1_201, 1_201, 0, Optional.empty()));
    assertThat(calls).containsExactly(500, 500, 201);
    calls.clear();
    String large = "{\"a\":\"" + "x".repeat(1_000_000) + "\"}";
    lines(this::takeAll, "random", 1 << 20).send(filled(source(12), large), TIME);
    assertThat(calls).containsExactly(5, 5, 2);
  }

  @Test
  void aLineThatNoCallTakesIsCounted() {
    String large = "{\"a\":\"" + "x".repeat(3_000) + "\"}";
    StreamLines.Sent sent =
        lines(this::takeAll, "random", 2_048).send(filled(source(3), large), TIME);
    assertThat(sent).isEqualTo(new StreamLines.Sent(3, 0, 3, Optional.empty()));
    assertThat(calls).isEmpty();
  }

  @Test
  void onlyWhatIsRefusedGoesAgain() {
    StreamPut third =
        entries -> {
          var codes = new ArrayList<String>();
          entries.forEach(
              entry -> {
                boolean refused = random.nextInt(3) == 0;
                codes.add(refused ? "ProvisionedThroughputExceededException" : null);
                if (!refused) {
                  taken.add(entry.data().asUtf8String());
                }
              });
          return codes;
        };
    StreamLines.Sent sent = lines(third, "random", 1 << 20).send(filled(source(20), "{}"), TIME);
    assertThat(sent.records()).isEqualTo(20);
    assertThat(taken).hasSize(20);
  }

  @Test
  void stopsAtWhatIsNeverTaken() {
    int[] sentBefore = {0};
    StreamPut stops =
        entries -> {
          var codes = new ArrayList<String>();
          entries.forEach(entry -> codes.add(sentBefore[0]++ < 700 ? null : "InternalFailure"));
          return codes;
        };
    StreamLines.Sent sent = lines(stops, "random", 1 << 20).send(filled(source(1_400), "{}"), TIME);
    assertThat(sent.records()).isEqualTo(700);
    assertThat(sent.lines()).isEqualTo(700);
    assertThat(sent.trouble()).contains("PutRecords: 300 refused, InternalFailure");
  }

  @Test
  void aCallWithoutAnswerGoesAgainAndARefusalDoesNot() {
    int[] left = {2};
    StreamPut comesBack =
        entries -> {
          if (left[0]-- > 0) {
            throw SdkClientException.create("timed out");
          }
          return takeAll(entries);
        };
    assertThat(lines(comesBack, "random", 1 << 20).send(filled(source(2), "{}"), TIME).records())
        .isEqualTo(2);
    int[] calledFor = {0};
    StreamPut noStream =
        entries -> {
          calledFor[0]++;
          throw ResourceNotFoundException.builder().statusCode(400).build();
        };
    StreamLines.Sent sent = lines(noStream, "random", 1 << 20).send(filled(source(2), "{}"), TIME);
    assertThat(sent.records()).isZero();
    assertThat(calledFor[0]).isEqualTo(1);
  }

  @Test
  void theKeyIsAValueOfTheLineOrRandom() {
    var host = new PartitionKeys("host", random);
    assertThat(host.of("{\"x\":{\"host\":1},\"host\":\"10.0.0.1\"}".getBytes(UTF_8)))
        .isEqualTo("10.0.0.1");
    assertThat(host.of("{\"host\":[]}".getBytes(UTF_8))).matches("[0-9a-f]+");
    assertThat(host.of("{}".getBytes(UTF_8))).matches("[0-9a-f]+");
    String long256 = host.of(("{\"host\":\"" + "\ud83d\ude00".repeat(200) + "\"}").getBytes(UTF_8));
    assertThat(long256).hasSize(256);
    String cut = host.of(("{\"host\":\"a" + "\ud83d\ude00".repeat(200) + "\"}").getBytes(UTF_8));
    assertThat(cut).hasSize(255);
    assertThat(new PartitionKeys("random", random).of("{}".getBytes(UTF_8))).matches("[0-9a-f]+");
  }
}
