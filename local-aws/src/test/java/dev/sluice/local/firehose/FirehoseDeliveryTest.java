package dev.sluice.local.firehose;

import static dev.sluice.local.firehose.FirehoseFixture.record;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.local.kinesis.KinesisEmulator;
import dev.sluice.local.lambda.LambdaAnswer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.firehose.model.Record;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What happens to records between the put and S3; the clock starts on 2026-11-20 at 10 UTC. */
class FirehoseDeliveryTest {

  private static final String STREAM = "access-log";
  private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RecordedFunction function = new RecordedFunction();
  private FirehoseFixture aws;

  @BeforeEach
  void start() {
    aws = new FirehoseFixture();
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  private FirehoseStreamOptions options() {
    return FirehoseStreamOptions.to(STREAM, aws.bucket);
  }

  private FirehoseStream transformed() {
    return aws.firehose.create(options().withTransformation(function.transformation()));
  }

  private List<JsonNode> failures(String key) throws IOException {
    var documents = new ArrayList<JsonNode>();
    for (String line : aws.content(key).split("\n")) {
      documents.add(JSON.readTree(line));
    }
    return documents;
  }

  @Test
  void aBatchWaitsForItsIntervalOnTheClock() {
    FirehoseStream stream = transformed();
    aws.put(STREAM, "a", "b");
    aws.clock.advance(Duration.ofSeconds(59));
    stream.deliverDue();
    assertThat(aws.keys()).isEmpty();
    assertThat(stream.waitingRecords()).isEqualTo(2);
    aws.clock.advance(Duration.ofSeconds(1));
    stream.deliverDue();
    assertThat(aws.onlyContent()).isEqualTo("AB");
    assertThat(aws.keys().get(0)).matches("2026/11/20/10/access-log-1-2026-11-20-10-00-00-" + UUID);
  }

  @Test
  void aBatchIsDueAsSoonAsTheSizeIsReached() {
    FirehoseStream stream =
        aws.firehose.create(
            options()
                .withBuffer(1 << 20, Duration.ofSeconds(900))
                .withTransformation(function.transformation()));
    Record half = record("x".repeat(1 << 19));
    aws.client.putRecordBatch(put -> put.deliveryStreamName(STREAM).records(half));
    stream.deliverDue();
    assertThat(function.events).isEmpty();
    aws.client.putRecordBatch(put -> put.deliveryStreamName(STREAM).records(half, half));
    stream.deliverDue();
    assertThat(function.events).hasSize(1);
    assertThat(function.events.get(0).get("records")).hasSize(2);
    assertThat(stream.waitingRecords()).isEqualTo(1);
  }

  @Test
  void okIsDeliveredInOrderDroppedIsGoneAndFailedIsDocumented() throws IOException {
    FirehoseStream stream = transformed();
    aws.put(STREAM, "a\n", "drop it", "fail é", "b\n", "c");
    aws.clock.advance(Duration.ofSeconds(60));
    stream.deliverDue();
    assertThat(aws.keys()).hasSize(2);
    assertThat(aws.content(aws.keys().get(0))).isEqualTo("A\nB\nC");
    String failed = aws.keys().get(1);
    assertThat(failed)
        .matches("processing-failed/2026/11/20/10/access-log-1-2026-11-20-10-00-00-" + UUID);
    assertThat(aws.content(failed))
        .isEqualTo(
            "{\"attemptsMade\":1,\"arrivalTimestamp\":1795168800000,"
                + "\"errorCode\":\"Lambda.ProcessingFailedStatus\","
                + "\"errorMessage\":\"ProcessingFailed status set for record\","
                + "\"attemptEndingTimestamp\":1795168860000,\"rawData\":\"ZmFpbCDDqQ==\","
                + "\"lambdaArn\":\""
                + RecordedFunction.ARN
                + "\"}\n");
    assertThat(stream.counts()).isEqualTo(new FirehoseCounts(5, 3, 1, 1, 1, 0, 2));
  }

  @Test
  void aFailedInvocationIsMadeAgainWithTheSameRecords() {
    FirehoseStream stream = transformed();
    function.errorsToGive.addAll(
        Collections.nCopies(3, LambdaAnswer.failure(LambdaAnswer.TIMED_OUT, "late")));
    aws.put(STREAM, "a", "b");
    stream.flush();
    assertThat(aws.onlyContent()).isEqualTo("AB");
    assertThat(function.events).hasSize(4);
    assertThat(function.events)
        .extracting(event -> event.get("invocationId").textValue())
        .doesNotHaveDuplicates()
        .allMatch(id -> id.matches(UUID));
    assertThat(function.events)
        .extracting(event -> event.get("records"))
        .containsOnly(function.events.get(0).get("records"));
    assertThat(stream.counts()).isEqualTo(new FirehoseCounts(2, 2, 0, 0, 4, 3, 1));
  }

  @Test
  void afterThreeRetriesTheBatchIsSkippedAndTheNextOneGoesOn() throws IOException {
    FirehoseStream stream = transformed();
    function.errorsToGive.addAll(
        Collections.nCopies(4, LambdaAnswer.failure(LambdaAnswer.RESPONSE_TOO_LARGE, "too large")));
    aws.put(STREAM, "a", "b");
    stream.flush();
    aws.put(STREAM, "c");
    stream.flush();
    assertThat(aws.keys()).hasSize(2);
    assertThat(aws.content(aws.keys().get(0))).isEqualTo("C");
    assertThat(failures(aws.keys().get(1)))
        .hasSize(2)
        .allSatisfy(
            document -> {
              assertThat(document.get("attemptsMade").intValue()).isEqualTo(4);
              assertThat(document.get("errorCode").textValue()).isEqualTo("Lambda.FunctionError");
            });
    assertThat(stream.counts()).isEqualTo(new FirehoseCounts(3, 1, 0, 2, 5, 4, 2));
  }

  @Test
  void aFunctionThatThrowsIsAFailedInvocation() {
    FirehoseStream stream =
        aws.firehose.create(
            options()
                .withTransformation(
                    new Transformation(
                        RecordedFunction.ARN,
                        event -> {
                          throw new IllegalStateException("gone");
                        },
                        1)));
    aws.put(STREAM, "a");
    stream.flush();
    assertThat(stream.counts()).isEqualTo(new FirehoseCounts(1, 0, 0, 1, 2, 2, 1));
  }

  @Test
  void aWrongAnswerIsNotAskedForAgain() throws IOException {
    FirehoseStream stream =
        aws.firehose.create(
            options()
                .withTransformation(
                    new Transformation(
                        RecordedFunction.ARN,
                        event -> LambdaAnswer.success("{\"records\":[]}".getBytes(UTF_8)),
                        3)));
    aws.put(STREAM, "a");
    stream.flush();
    JsonNode document = failures(aws.keys().get(0)).get(0);
    assertThat(document.get("attemptsMade").intValue()).isEqualTo(1);
    assertThat(document.get("errorCode").textValue()).isEqualTo("Lambda.MissingRecordId");
  }

  @Test
  void partitionKeysOfTheFunctionMakeThePrefix() throws IOException {
    FirehoseStream stream =
        aws.firehose.create(
            options()
                .withPrefixes(
                    "by/!{partitionKeyFromLambda:first}/!{timestamp:yyyy-MM}/",
                    "errors/!{firehose:error-output-type}/")
                .withTransformation(function.transformation()));
    aws.put(STREAM, "a1", "b1", "a2", "drop", "fail", "b2");
    stream.flush();
    assertThat(aws.keys())
        .hasSize(3)
        .satisfies(
            keys -> {
              assertThat(keys.get(0)).startsWith("by/a/2026-11/access-log-1-");
              assertThat(aws.content(keys.get(0))).isEqualTo("A1A2");
              assertThat(keys.get(1)).startsWith("by/b/2026-11/access-log-1-");
              assertThat(aws.content(keys.get(1))).isEqualTo("B1B2");
              assertThat(keys.get(2)).startsWith("errors/processing-failed/access-log-1-");
            });
  }

  @Test
  void aRecordWithoutItsPartitionKeyFails() throws IOException {
    FirehoseStream stream =
        aws.firehose.create(
            options()
                .withPrefixes(
                    "!{partitionKeyFromLambda:country}/", "!{firehose:error-output-type}/")
                .withTransformation(function.transformation()));
    aws.put(STREAM, "a");
    stream.flush();
    assertThat(failures(aws.keys().get(0)).get(0).get("errorCode").textValue())
        .isEqualTo("DynamicPartitioning.MetadataExtractionFailed");
    assertThat(stream.counts().failed()).isEqualTo(1);
  }

  @Test
  void whatS3RefusesIsKeptAndWrittenBeforeAnythingNewer() {
    FirehoseStream stream = transformed();
    aws.refuseS3(true);
    aws.put(STREAM, "a");
    assertThatThrownBy(stream::flush).isInstanceOf(S3Exception.class);
    aws.put(STREAM, "b");
    assertThatThrownBy(stream::flush).isInstanceOf(S3Exception.class);
    assertThat(stream.counts().delivered()).isZero();
    aws.refuseS3(false);
    stream.flush();
    assertThat(stream.counts()).isEqualTo(new FirehoseCounts(2, 2, 0, 0, 2, 0, 2));
  }

  @Test
  void manyTinyRecordsMakeEventsThatLambdaTakes() {
    FirehoseStream stream =
        aws.firehose.create(
            options()
                .withBuffer(3 << 20, Duration.ofSeconds(900))
                .withTransformation(
                    new Transformation(
                        RecordedFunction.ARN,
                        event -> {
                          assertThat(event.length).isLessThan(6_291_456);
                          return function.apply(event);
                        },
                        0)));
    int records = 60_000;
    var expected = new StringBuilder();
    for (int from = 0; from < records; from += 500) {
      List<Record> batch =
          IntStream.range(from, from + 500).mapToObj(i -> record("L" + i + "\n")).toList();
      batch.forEach(each -> expected.append(each.data().asUtf8String()));
      aws.client.putRecordBatch(put -> put.deliveryStreamName(STREAM).records(batch));
    }
    stream.flush();
    assertThat(function.events.size()).isEqualTo(2);
    assertThat(stream.counts().delivered()).isEqualTo(records);
    var delivered = new StringBuilder();
    function.events.forEach(
        event -> event.get("records").forEach(each -> delivered.append(text(each.get("data")))));
    assertThat(delivered.toString().equals(expected.toString())).isTrue();
    assertThat(aws.keys().stream().mapToInt(key -> aws.content(key).length()).sum())
        .isEqualTo(expected.length());
  }

  private static String text(JsonNode data) {
    try {
      return new String(data.binaryValue(), UTF_8);
    } catch (IOException noBase64) {
      throw new AssertionError(noBase64);
    }
  }

  @Test
  void whatTheFunctionPutsWhileItRunsIsDeliveredByTheSameFlush() {
    FirehoseStream stream =
        aws.firehose.create(
            options()
                .withTransformation(
                    new Transformation(
                        RecordedFunction.ARN,
                        event -> {
                          if (function.events.isEmpty()) {
                            aws.put(STREAM, "again");
                          }
                          return function.apply(event);
                        },
                        0)));
    aws.put(STREAM, "drop");
    stream.flush();
    assertThat(aws.onlyContent()).isEqualTo("AGAIN");
    assertThat(stream.counts()).isEqualTo(new FirehoseCounts(2, 1, 1, 0, 2, 0, 1));
  }

  @Test
  void recordsOfASourceStreamCarryTheirPlaceInIt() {
    try (var kinesis = KinesisEmulator.start()) {
      KinesisSource.create(kinesis, "lines", 1);
      KinesisSource.put(kinesis, "lines", "k", "before");
      FirehoseStream stream =
          aws.firehose.create(
              options()
                  .withTransformation(function.transformation())
                  .withSource(kinesis.tail("lines")));
      String sequenceNumber = KinesisSource.put(kinesis, "lines", "key \"1\"", "a");
      KinesisSource.put(kinesis, "lines", "key 2", "b");
      stream.flush();
      assertThat(aws.keys()).hasSize(1);
      assertThat(aws.onlyContent()).isEqualTo("AB");
      JsonNode event = function.events.get(0);
      assertThat(event.get("sourceKinesisStreamArn").textValue())
          .isEqualTo("arn:aws:kinesis:us-east-1:000000000000:stream/lines");
      assertThat(event.get("deliveryStreamArn").textValue()).isEqualTo(stream.arn());
      JsonNode first = event.get("records").get(0);
      JsonNode metadata = first.get("kinesisRecordMetadata");
      assertThat(metadata.get("shardId").textValue()).isEqualTo("shardId-000000000000");
      assertThat(metadata.get("partitionKey").textValue()).isEqualTo("key \"1\"");
      assertThat(metadata.get("sequenceNumber").textValue()).isEqualTo(sequenceNumber);
      assertThat(metadata.get("subsequenceNumber").intValue()).isZero();
      assertThat(metadata.get("approximateArrivalTimestamp").longValue())
          .isEqualTo(first.get("approximateArrivalTimestamp").longValue());
    }
  }

  @Test
  void whatTheKplHasPutIntoOneRecordOfTheSourceIsParted() {
    try (var kinesis = KinesisEmulator.start()) {
      KinesisSource.create(kinesis, "lines", 1);
      FirehoseStream stream =
          aws.firehose.create(
              options()
                  .withTransformation(function.transformation())
                  .withSource(kinesis.tail("lines")));
      String sequenceNumber =
          KinesisSource.put(
              kinesis, "lines", "any", new KplMessage().add("x", "a").add("y", "b").aggregate());
      KinesisSource.put(kinesis, "lines", "z", "c");
      stream.flush();
      assertThat(aws.onlyContent()).isEqualTo("ABC");
      JsonNode second = function.events.get(0).get("records").get(1);
      assertThat(second.at("/kinesisRecordMetadata/partitionKey").textValue()).isEqualTo("y");
      assertThat(second.at("/kinesisRecordMetadata/subsequenceNumber").intValue()).isOne();
      assertThat(second.at("/kinesisRecordMetadata/sequenceNumber").textValue())
          .isEqualTo(sequenceNumber);
    }
  }

  @Test
  void objectsArePackedBySetting() throws IOException {
    FirehoseStream stream =
        aws.firehose.create(
            options()
                .withTransformation(function.transformation())
                .withCompression(FirehoseStreamOptions.Compression.GZIP));
    aws.put(STREAM, "a", "fail", "b");
    stream.flush();
    assertThat(aws.keys()).hasSize(2).allMatch(key -> key.endsWith(".gz"));
    assertThat(unpacked(aws.keys().get(0))).isEqualTo("AB");
    assertThat(unpacked(aws.keys().get(1))).startsWith("{\"attemptsMade\":1,").endsWith("}\n");
  }

  private String unpacked(String key) throws IOException {
    byte[] object = aws.s3.getObjectAsBytes(get -> get.bucket(aws.bucket).key(key)).asByteArray();
    try (var gzip = new GZIPInputStream(new ByteArrayInputStream(object))) {
      return new String(gzip.readAllBytes(), UTF_8);
    }
  }

  @Test
  void closingDoesNotWaitForTheFunction() throws Exception {
    var running = new CountDownLatch(1);
    var never = new CountDownLatch(1);
    aws.firehose.create(
        options()
            .withBuffer(1 << 20, Duration.ZERO)
            .withTransformation(
                new Transformation(
                    RecordedFunction.ARN,
                    event -> {
                      running.countDown();
                      try {
                        never.await();
                      } catch (InterruptedException stopped) {
                        Thread.currentThread().interrupt();
                        throw new IllegalStateException(stopped);
                      }
                      return LambdaAnswer.success(event);
                    },
                    3)));
    aws.put(STREAM, "a");
    running.await();
    CompletableFuture<Void> closing = CompletableFuture.runAsync(aws.firehose::close);
    assertThat(closing).succeedsWithin(60, TimeUnit.SECONDS);
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("firehose-" + STREAM);
  }
}
