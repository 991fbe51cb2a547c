package dev.sluice.local.firehose;

import static dev.sluice.local.firehose.FirehoseFixture.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.local.LocalAwsException;
import dev.sluice.local.kinesis.KinesisEmulator;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.firehose.model.FirehoseException;
import software.amazon.awssdk.services.firehose.model.InvalidArgumentException;
import software.amazon.awssdk.services.firehose.model.PutRecordBatchResponse;
import software.amazon.awssdk.services.firehose.model.PutRecordBatchResponseEntry;
import software.amazon.awssdk.services.firehose.model.Record;
import software.amazon.awssdk.services.firehose.model.ResourceNotFoundException;
import software.amazon.awssdk.services.firehose.model.ServiceUnavailableException;

/** Bounds and errors of a put, as AWS's own client sees them. */
class FirehoseApiTest {

  private static final String STREAM = "access-log";
  private static final int RECORD_BYTES_MAX = 1_000 * 1_024;
  private static final int BATCH_BYTES_MAX = 4 * 1_024 * 1_024;

  private FirehoseFixture aws;
  private FirehoseStream stream;

  @BeforeEach
  void start() {
    aws = new FirehoseFixture();
    stream = aws.firehose.create(FirehoseStreamOptions.to(STREAM, aws.bucket));
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  private PutRecordBatchResponse putBatch(List<Record> records) {
    return aws.client.putRecordBatch(put -> put.deliveryStreamName(STREAM).records(records));
  }

  private static void assertValidation(Runnable put, String message) {
    assertThatThrownBy(put::run)
        .isInstanceOfSatisfying(
            FirehoseException.class,
            error -> {
              assertThat(error.statusCode()).isEqualTo(400);
              assertThat(error.awsErrorDetails().errorCode()).isEqualTo("ValidationException");
              assertThat(error.awsErrorDetails().errorMessage()).isEqualTo(message);
            });
  }

  @Test
  void takesSingleRecordsAndBatchesEachWithAnId() {
    var one = aws.client.putRecord(put -> put.deliveryStreamName(STREAM).record(record("a")));
    assertThat(one.recordId()).isNotBlank();
    assertThat(one.encrypted()).isFalse();
    PutRecordBatchResponse batch = putBatch(List.of(record("b"), record("")));
    assertThat(batch.failedPutCount()).isZero();
    assertThat(batch.requestResponses())
        .extracting(PutRecordBatchResponseEntry::recordId)
        .doesNotContainNull()
        .doesNotContain(one.recordId())
        .doesNotHaveDuplicates();
    stream.flush();
    assertThat(aws.onlyContent()).isEqualTo("ab");
  }

  @Test
  void anUnknownStreamIsNotFound() {
    assertThatThrownBy(
            () -> aws.client.putRecord(put -> put.deliveryStreamName("none").record(record("a"))))
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining("Firehose none under account 000000000000 not found.");
  }

  @Test
  void aBatchHasOneToFiveHundredRecords() {
    assertThat(putBatch(Collections.nCopies(500, record("x"))).requestResponses()).hasSize(500);
    assertValidation(
        () -> putBatch(Collections.nCopies(501, record("x"))),
        "1 validation error detected: Value '[501 records]' at 'records' failed to satisfy"
            + " constraint: Member must have length less than or equal to 500");
    assertValidation(
        () -> putBatch(List.of()),
        "1 validation error detected: Value '[0 records]' at 'records' failed to satisfy"
            + " constraint: Member must have length greater than or equal to 1");
    assertThat(stream.counts().received()).isEqualTo(500);
  }

  @Test
  void aRecordHasAThousandKibibytesAtMost() {
    Record largest = record(new byte[RECORD_BYTES_MAX]);
    Record tooLarge = record(new byte[RECORD_BYTES_MAX + 1]);
    aws.client.putRecord(put -> put.deliveryStreamName(STREAM).record(largest));
    assertValidation(
        () -> aws.client.putRecord(put -> put.deliveryStreamName(STREAM).record(tooLarge)),
        "1 validation error detected: Value 'java.nio.HeapByteBuffer[pos=0 lim=1024001"
            + " cap=1024001]' at 'record.data' failed to satisfy constraint: Member must have"
            + " length less than or equal to 1024000");
    assertValidation(
        () -> putBatch(List.of(tooLarge, largest, tooLarge)),
        "2 validation errors detected: Value 'java.nio.HeapByteBuffer[pos=0 lim=1024001"
            + " cap=1024001]' at 'records.1.member.data' failed to satisfy constraint: Member must"
            + " have length less than or equal to 1024000; Value 'java.nio.HeapByteBuffer[pos=0"
            + " lim=1024001 cap=1024001]' at 'records.3.member.data' failed to satisfy constraint:"
            + " Member must have length less than or equal to 1024000");
    assertThat(stream.counts().received()).isEqualTo(1);
  }

  @Test
  void aBatchHasFourMebibytesAtMost() {
    var records = new ArrayList<Record>(Collections.nCopies(4, record(new byte[RECORD_BYTES_MAX])));
    records.add(record(new byte[BATCH_BYTES_MAX - 4 * RECORD_BYTES_MAX]));
    assertThat(putBatch(records).failedPutCount()).isZero();
    records.add(record("x"));
    assertThatThrownBy(() -> putBatch(records))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("Records size exceeds 4 MB limit");
    assertThat(stream.counts().received()).isEqualTo(5);
  }

  @Test
  void aStreamWithASourceRefusesPuts() {
    try (var kinesis = KinesisEmulator.start()) {
      KinesisSource.create(kinesis, "lines", 1);
      aws.firehose.create(
          FirehoseStreamOptions.to("sourced", aws.bucket).withSource(kinesis.tail("lines")));
      assertThatThrownBy(() -> aws.put("sourced", "a"))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("not permitted on KinesisStreamAsSource");
    }
  }

  @Test
  void failsEntriesOnDemandAndDoesNotTakeThem() {
    aws.firehose.faults().failBatchEntries(0.5, 7);
    List<Record> records = IntStream.range(0, 100).mapToObj(i -> record("<" + i + ">")).toList();
    PutRecordBatchResponse answer = putBatch(records);
    assertThat(answer.failedPutCount()).isBetween(20, 80);
    var expected = new StringBuilder();
    for (int i = 0; i < records.size(); i++) {
      PutRecordBatchResponseEntry entry = answer.requestResponses().get(i);
      if (entry.errorCode() == null) {
        assertThat(entry.recordId()).isNotBlank();
        expected.append(records.get(i).data().asUtf8String());
      } else {
        assertThat(entry.errorCode()).isEqualTo("ServiceUnavailableException");
        assertThat(entry.errorMessage()).isEqualTo("Slow down.");
        assertThat(entry.recordId()).isNull();
      }
    }
    stream.flush();
    assertThat(aws.onlyContent()).isEqualTo(expected.toString());
    aws.firehose.faults().clear();
    assertThat(putBatch(records).failedPutCount()).isZero();
  }

  @Test
  void refusesEverythingOnDemand() {
    aws.firehose.faults().refuseAll(true);
    assertThatThrownBy(() -> aws.put(STREAM, "a"))
        .isInstanceOf(ServiceUnavailableException.class)
        .extracting(error -> ((AwsServiceException) error).statusCode())
        .isEqualTo(503);
    aws.firehose.faults().clear();
    aws.put(STREAM, "a");
    assertThat(stream.counts().received()).isEqualTo(1);
  }

  @Test
  void whatIsNoRequestIsAnErrorOfTheService() throws Exception {
    assertThat(post("Firehose_20150804.PutRecord", "no json")).contains("SerializationException");
    assertThat(post("Firehose_20150804.PutRecord", "[]")).contains("SerializationException");
    assertThat(post("Firehose_20150804.PutRecord", "{}"))
        .contains("Value null at 'record.data' failed to satisfy constraint");
    assertThat(post("Firehose_20150804.PutRecord", "{\"Record\":{\"Data\":\"*\"}}"))
        .contains("SerializationException");
    assertThat(post("Firehose_20150804.PutRecord", "{\"Record\":{\"Data\":\"\"}}"))
        .contains("Value null at 'deliveryStreamName'");
    assertThat(post("Firehose_20150804.PutRecordBatch", "{}")).contains("at 'records'");
    assertThat(post("Firehose_20150804.Unknown", "{}")).contains("UnknownOperationException");
    assertThat(post("Kinesis_20131202.PutRecord", "{}")).contains("UnknownOperationException");
  }

  private String post(String target, String body) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(aws.firehose.endpoint())
                .header("X-Amz-Target", target)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  @Test
  void aPortInUseAndANameInUseAreSaid() {
    int taken = aws.firehose.endpoint().getPort();
    assertThatThrownBy(
            () -> LocalFirehose.start(taken, aws.s3, aws.clock, RandomGenerator.getDefault()))
        .isInstanceOf(LocalAwsException.class)
        .hasMessage("Firehose cannot listen on 127.0.0.1:" + taken + ": the port is in use");
    assertThatThrownBy(() -> aws.firehose.create(FirehoseStreamOptions.to(STREAM, aws.bucket)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(STREAM);
  }
}
