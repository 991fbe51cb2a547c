package dev.sluice.functions.fanout.enrich;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.enricher.BatchEnricher;
import dev.sluice.enricher.Outcome;
import dev.sluice.enricher.OutcomeCounts;
import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.RejectReason;
import dev.sluice.functions.fanout.BatchMode.Done;
import dev.sluice.functions.fanout.Books;
import dev.sluice.functions.fanout.FanOutFunctionSettings;
import dev.sluice.functions.fanout.LineWork;
import dev.sluice.functions.fanout.TestBatch;
import dev.sluice.functions.fanout.TestLines;
import dev.sluice.functions.fanout.event.KplBytes;
import dev.sluice.functions.fanout.event.StreamBatch;
import dev.sluice.functions.fanout.event.StreamRecord;
import dev.sluice.functions.fanout.sending.Attempts;
import dev.sluice.functions.fanout.sending.PartialCalls;
import dev.sluice.invocation.InvocationLine;
import dev.sluice.invocation.TimeLeft;
import dev.sluice.samples.AccessLogOptions;
import dev.sluice.samples.SyntheticAccessLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What a batch becomes in S3 and in the second stream. */
class EnrichModeTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TimeLeft TIME = new TimeLeft(() -> 60_000, Duration.ofSeconds(10));
  private static final String FOLDER =
      "enriched/function/logs/dt=2026-01-01/hr=00/shardId-000000000006/";
  private static final String REJECTS =
      "enriched/function/rejects/logs/dt=2026-01-01/hr=00/shardId-000000000006/";

  private final MemoryS3 s3 = new MemoryS3();
  private final List<String> sent = new ArrayList<>();
  private final Random random = new Random(20_261_122);
  private final Attempts attempts = new Attempts(3, pause -> {}, random);
  private int streamTakes = Integer.MAX_VALUE;

  private EnrichMode mode(String... keysAndValues) {
    FanOutFunctionSettings settings = TestLines.settings(keysAndValues);
    Optional<StreamLines> stream =
        settings.enrich().stream().isEmpty()
            ? Optional.empty()
            : Optional.of(
                new StreamLines(
                    this::putRecords,
                    settings.enrich().partitionKey(),
                    settings.enrich().maxRecordBytes(),
                    new PartialCalls(attempts),
                    random));
    return new EnrichMode(
        settings.enrich(), LineWork.of(TestLines.enricher(settings)), s3, stream, attempts);
  }

  /** Takes as many as it is to, and refuses the others. */
  private List<String> putRecords(List<PutRecordsRequestEntry> entries) {
    var codes = new ArrayList<String>();
    for (PutRecordsRequestEntry entry : entries) {
      if (sent.size() < streamTakes) {
        sent.add(entry.data().asUtf8String());
        codes.add(null);
      } else {
        codes.add("InternalFailure");
      }
    }
    return codes;
  }

  private static Done process(EnrichMode mode, StreamBatch batch) {
    return process(mode, batch, TIME);
  }

  private static Done process(EnrichMode mode, StreamBatch batch, TimeLeft time) {
    return mode.process(batch, time, new InvocationLine(Instant.EPOCH, "1", "kinesis"));
  }

  private static Books books(long enriched, long dropped, Map<RejectReason, Long> rejected) {
    return new Books(new OutcomeCounts(enriched, 0, dropped, rejected));
  }

  /** Payloads of one line or several, some of them aggregates, some lines broken. */
  private List<byte[]> payloads(int count) {
    var log =
        new SyntheticAccessLog(
            7, AccessLogOptions.defaults().withOddShare(0.1).withBrokenShare(0.05));
    var payloads = new ArrayList<byte[]>();
    for (int i = 0; i < count; i++) {
      int lines = 1 + random.nextInt(3);
      if (random.nextInt(4) == 0) {
        var parts = new ArrayList<byte[]>();
        for (int j = 0; j < lines; j++) {
          parts.add(joined(log, 1 + random.nextInt(2)));
        }
        payloads.add(KplBytes.aggregate(parts));
      } else {
        payloads.add(joined(log, lines));
      }
    }
    return payloads;
  }

  private static byte[] joined(SyntheticAccessLog log, int lines) {
    var out = new ByteArrayOutputStream();
    for (int i = 0; i < lines; i++) {
      out.writeBytes(log.nextLine());
      out.write('\n');
    }
    return out.toByteArray();
  }

  /** What the enricher says of one payload when it is asked directly. */
  private static List<String> asked(BatchEnricher enricher, byte[] payload, String source) {
    var lines = new ArrayList<String>();
    enricher.enrich(
        payload,
        0,
        payload.length,
        source,
        new BatchEnricher.Sink() {
          @Override
          public void enriched(int index, OutputBuffer json, Outcome outcome) {
            lines.add(json.toString());
          }

          @Override
          public void dropped(int index, Outcome.Dropped outcome) {}

          @Override
          public void rejected(
              int index, byte[] buffer, int from, int to, Outcome.Rejected outcome) {}
        });
    return lines;
  }

  @Test
  void aBatchIsOneObjectOfWhatTheEnricherSays() {
    String line = TestLines.line("81.2.69.142", "10:15:30", 200, "/product.php");
    byte[] aggregate = KplBytes.aggregate(List.of(line.getBytes(UTF_8), line.getBytes(UTF_8)));
    StreamBatch batch =
        TestBatch.of(1, List.of((line + "\r\n" + line + "\n").getBytes(UTF_8), aggregate));
    Done done = process(mode(), batch);

    assertThat(done).isEqualTo(Done.of(2, books(4, 0, Map.of())));
    String key = FOLDER + TestBatch.sequenceNumber(1) + ".ndjson.gz";
    assertThat(s3.objects).containsOnlyKeys(key);
    BatchEnricher enricher = TestLines.enricher(TestLines.settings());
    var expected = new ArrayList<String>();
    String source = "logs:shardId-000000000006:";
    expected.addAll(
        asked(
            enricher,
            (line + "\n" + line).getBytes(UTF_8),
            source + TestBatch.sequenceNumber(1) + ":0"));
    for (int sub = 0; sub < 2; sub++) {
      expected.addAll(
          asked(enricher, line.getBytes(UTF_8), source + TestBatch.sequenceNumber(2) + ":" + sub));
    }
    assertThat(s3.lines(key)).isEqualTo(expected);
    assertThat(expected.get(1)).contains("\"event_id\":\"" + source).contains(":0:1\"");
    assertThat(s3.metadata.get(key))
        .containsEntry("sluice-first", TestBatch.sequenceNumber(1))
        .containsEntry("sluice-last", TestBatch.sequenceNumber(2))
        .containsEntry("sluice-in", "4")
        .containsEntry("sluice-enriched", "4")
        .doesNotContainKey("sluice-rejects-key");
  }

  @Test
  void rejectedLinesLieBesideItWithReasonPlaceAndBytes() throws IOException {
    byte[] broken = {'n', 'o', (byte) 0xff, ' ', 'l', 'o', 'g'};
    byte[] corrupt = KplBytes.aggregate(List.of(broken));
    corrupt[corrupt.length - 1] ^= 1;
    StreamBatch batch = TestBatch.of(5, List.of(broken, corrupt, new byte[0]));
    Done done = process(mode(), batch);

    assertThat(done.books().rejected()).isEqualTo(done.books().in()).isGreaterThanOrEqualTo(3);
    String last = TestBatch.sequenceNumber(7);
    String key = REJECTS + TestBatch.sequenceNumber(5) + "-" + last + ".ndjson.gz";
    String enrichedKey = FOLDER + TestBatch.sequenceNumber(5) + ".ndjson.gz";
    assertThat(s3.objects).containsOnlyKeys(enrichedKey, key);
    assertThat(s3.lines(enrichedKey)).isEmpty();
    assertThat(s3.metadata.get(enrichedKey)).containsEntry("sluice-rejects-key", key);
    JsonNode document = JSON.readTree(s3.lines(key).get(0));
    assertThat(document.get("sequenceNumber").textValue()).isEqualTo(TestBatch.sequenceNumber(5));
    assertThat(document.get("subSequenceNumber").intValue()).isZero();
    assertThat(document.get("line").intValue()).isZero();
    assertThat(document.get("attempt").intValue()).isEqualTo(1);
    assertThat(document.get("arrival").textValue()).isEqualTo("2026-01-01T00:00:00.123Z");
    assertThat(document.get("raw").binaryValue()).isEqualTo(broken);
    JsonNode empty = JSON.readTree(s3.lines(key).get(s3.lines(key).size() - 1));
    assertThat(empty.get("reason").textValue()).isEqualTo("EMPTY_LINE");
    assertThat(empty.get("sequenceNumber").textValue()).isEqualTo(last);
  }

  @Test
  void droppedLinesAreInTheBooks() {
    String line = TestLines.line("81.2.69.142", "10:15:30", 200, "/healthz");
    Done done =
        process(
            mode("FILTER_RULES", "drop health lines=health-checks"),
            TestBatch.ofText(1, line, line));
    assertThat(done.books()).isEqualTo(books(0, 2, Map.of()));
    assertThat(s3.enriched()).isEmpty();
    assertThat(s3.objects).hasSize(1);
  }

  /** The same batch again, its halves, or a part of it: every line once, every reject once. */
  @Test
  void whateverComesAgainTheLinesAreThereOnce() {
    EnrichMode mode = mode();
    for (int round = 0; round < 30; round++) {
      s3.objects.clear();
      s3.metadata.clear();
      StreamBatch batch = TestBatch.of(1_000 * round, payloads(1 + random.nextInt(30)));
      Done once = process(mode, batch);
      List<String> lines = s3.enriched();
      List<String> rejects = s3.rejects();
      assertThat(lines).hasSize((int) once.books().enriched());
      assertThat(rejects).hasSize((int) once.books().rejected());
      assertThat(byReason(rejects)).isEqualTo(once.books().counts().rejectedByReason());
      Books again = deliver(mode, batch);
      assertThat(again).isEqualTo(once.books());
      assertThat(s3.enriched()).isEqualTo(lines);
      assertThat(s3.rejects()).containsExactlyInAnyOrderElementsOf(rejects);
    }
  }

  private static Map<RejectReason, Long> byReason(List<String> rejects) {
    return rejects.stream()
        .map(EnrichModeTest::read)
        .map(reject -> RejectReason.valueOf(reject.get("reason").textValue()))
        .collect(Collectors.groupingBy(reason -> reason, Collectors.counting()));
  }

  /** As a mapping does with a batch whose answer was lost. */
  private Books deliver(EnrichMode mode, StreamBatch batch) {
    int records = batch.records().size();
    if (records > 1 && random.nextInt(3) > 0) {
      int half = records / 2;
      if (random.nextBoolean()) {
        process(mode, batch); // once more as a whole, and its answer is lost
      }
      Books first = deliver(mode, TestBatch.part(batch, 0, half));
      Books second = deliver(mode, TestBatch.part(batch, half, records));
      return new Books(first.counts().plus(second.counts()));
    }
    return process(mode, batch).books();
  }

  @Test
  void stopsBeforeTheTimeOutAndTheRestComesAgain() {
    String line = TestLines.line("81.2.69.142", "10:15:30", 200, "/");
    StreamBatch batch = TestBatch.ofText(1, line, line, line);
    int[] asked = {0};
    var time = new TimeLeft(() -> asked[0]++ < 3 ? 60_000 : 5_999, Duration.ofSeconds(10));
    Done done = process(mode(), batch, time);
    assertThat(done.records()).isEqualTo(1);
    assertThat(done.trouble()).isEmpty();
    assertThat(s3.enriched()).hasSize(1);
    assertThat(process(mode(), batch, new TimeLeft(() -> 0, Duration.ofSeconds(10))).records())
        .isZero();
  }

  @Test
  void withoutS3TheWholeBatchComesAgain() {
    String line = TestLines.line("81.2.69.142", "10:15:30", 200, "/");
    s3.failure = S3Exception.builder().statusCode(503).message("SlowDown").build();
    Done done = process(mode(), TestBatch.ofText(1, line, line));
    assertThat(done.records()).isZero();
    assertThat(done.books()).isEqualTo(Books.NONE);
    assertThat(done.trouble()).contains("PutObject: 503");
    assertThat(attempts.repeated()).isEqualTo(2);
  }

  @Test
  void linesGoIntoTheSecondStreamUpToTheFirstThatIsNotTaken() {
    String line = TestLines.line("81.2.69.142", "10:15:30", 200, "/");
    StreamBatch batch = TestBatch.ofText(1, line, line + "\n" + line, "broken", line);
    streamTakes = 2;
    EnrichMode mode = mode("SINKS", "s3,kinesis", "SINK_STREAM_NAME", "enriched");
    Done done = process(mode, batch);
    assertThat(done.records()).isEqualTo(1);
    assertThat(done.books()).isEqualTo(books(1, 0, Map.of()));
    assertThat(done.trouble()).contains("PutRecords: 2 refused, InternalFailure");
    assertThat(s3.enriched()).hasSize(1);

    streamTakes = Integer.MAX_VALUE;
    Done rest = process(mode, TestBatch.part(batch, 1, 4));
    assertThat(rest.records()).isEqualTo(3);
    assertThat(rest.books()).isEqualTo(books(3, 0, Map.of(RejectReason.TRUNCATED, 1L)));
    assertThat(s3.enriched()).hasSize(4);
    assertThat(sent).hasSize(5).doesNotContainNull();
    assertThat(sent.stream().distinct().toList()).isEqualTo(s3.enriched());
  }

  @Test
  void withoutTheSinkS3OnlyRejectsLieThere() {
    String line = TestLines.line("81.2.69.142", "10:15:30", 200, "/");
    EnrichMode mode = mode("SINKS", "kinesis", "SINK_STREAM_NAME", "enriched");
    process(mode, TestBatch.ofText(1, line));
    assertThat(s3.objects).isEmpty();
    process(mode, TestBatch.ofText(2, line, "broken"));
    assertThat(s3.objects.keySet()).allMatch(key -> key.startsWith(REJECTS)).hasSize(1);
    assertThat(sent).hasSize(2);
  }

  @Test
  void aSecondStageKeepsTheIds() {
    String line = TestLines.line("81.2.69.142", "10:15:30", 200, "/");
    EnrichMode first = mode("SINKS", "kinesis", "SINK_STREAM_NAME", "stage-2");
    process(first, TestBatch.ofText(1, line, line));
    List<String> stageOne = List.copyOf(sent);
    process(mode("LOG_FORMAT", "flat"), TestBatch.ofText(77, stageOne.toArray(String[]::new)));
    assertThat(s3.enriched().stream().map(EnrichModeTest::id).toList())
        .isEqualTo(stageOne.stream().map(EnrichModeTest::id).toList());
  }

  private static String id(String json) {
    return read(json).get("event_id").textValue();
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void allIdsOfABatchDiffer() {
    process(mode(), TestBatch.of(1, payloads(200)));
    Map<String, Long> ids =
        s3.enriched().stream()
            .collect(Collectors.groupingBy(EnrichModeTest::id, Collectors.counting()));
    assertThat(ids.values()).hasSizeGreaterThan(300).containsOnly(1L);
  }

  @Test
  void aRecordOfRecordsThatAreNoneHasNoLines() {
    Done done = process(mode(), TestBatch.of(1, List.of(KplBytes.aggregate(List.of()))));
    assertThat(done).isEqualTo(Done.of(1, Books.NONE));
    StreamRecord record = TestBatch.of(1, List.of(new byte[0])).first();
    assertThat(record.attempt()).isEqualTo(1);
  }
}
