package dev.sluice.firehose.overflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.firehose.event.EventReader;
import dev.sluice.firehose.event.FirehoseEvent;
import dev.sluice.firehose.sending.BatchSender;
import dev.sluice.firehose.sending.RetryPolicy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.firehose.model.PutRecordBatchRequest;
import software.amazon.awssdk.services.firehose.model.PutRecordBatchResponse;
import software.amazon.awssdk.services.firehose.model.PutRecordBatchResponseEntry;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

class ReingestTest {
  private static final String DELIVERY = "arn:aws:firehose:eu-west-1:1:deliverystream/logs";
  private static final String STREAM = "arn:aws:kinesis:eu-west-1:1:stream/raw";

  /** What the services were sent: one text for each record, in order. */
  private final List<String> sent = new ArrayList<>();

  private int opened;

  /** Refuses records that hold a question mark the first time it sees them. */
  private final class Firehose implements FirehoseClient {
    @Override
    public PutRecordBatchResponse putRecordBatch(PutRecordBatchRequest request) {
      var entries = new ArrayList<PutRecordBatchResponseEntry>();
      request
          .records()
          .forEach(
              record -> {
                String text = request.deliveryStreamName() + " " + record.data().asUtf8String();
                boolean refused = text.contains("?") && !sent.contains(text);
                sent.add(text);
                entries.add(
                    PutRecordBatchResponseEntry.builder()
                        .errorCode(refused ? "ServiceUnavailableException" : null)
                        .build());
              });
      return PutRecordBatchResponse.builder().requestResponses(entries).build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }

  private final class Kinesis implements KinesisClient {
    @Override
    public PutRecordsResponse putRecords(PutRecordsRequest request) {
      request
          .records()
          .forEach(
              record ->
                  sent.add(
                      request.streamARN()
                          + " "
                          + record.partitionKey()
                          + " "
                          + record.data().asUtf8String()));
      return PutRecordsResponse.builder()
          .records(
              request.records().stream()
                  .map(record -> PutRecordsResultEntry.builder().build())
                  .toList())
          .build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }

  private Reingest reingest(boolean alsoToStreams) {
    return new Reingest(
        alsoToStreams,
        () -> new ReingestCalls(counted(Firehose::new), counted(Kinesis::new), sender()));
  }

  private <C> Supplier<C> counted(Supplier<C> open) {
    return () -> {
      opened++;
      return open.get();
    };
  }

  private static BatchSender sender() {
    return new BatchSender(RetryPolicy.attempts(3), wait -> {}, new Random(1));
  }

  @Test
  void sendsDirectPutsBackIntoTheDeliveryStream() throws IOException {
    FirehoseEvent event = event("", "a", "b?", "c");
    Reingest reingest = reingest(false);
    assertThat(reingest.accepts(event)).isTrue();
    assertThat(opened).isZero();

    BitSet taken = reingest.take(event, 1, 3, () -> 60_000);

    assertThat(taken.stream()).containsExactly(1, 2);
    assertThat(sent).containsExactly("logs b?", "logs c", "logs b?");
    reingest.take(event, 2, 3, () -> 60_000);
    assertThat(opened).isOne();
  }

  @Test
  void sendsRecordsOfAStreamBackUnderTheirKeysOnlyWhenAsked() throws IOException {
    FirehoseEvent event = event(STREAM, "a", "b");
    assertThat(reingest(false).accepts(event)).isFalse();
    Reingest reingest = reingest(true);
    assertThat(reingest.accepts(event)).isTrue();

    assertThat(reingest.take(event, 0, 2, () -> 60_000).stream()).containsExactly(0, 1);

    assertThat(sent).containsExactly(STREAM + " key-0 a", STREAM + " r1 b");
  }

  @Test
  void leavesWhatCannotComeAgain() throws IOException {
    FirehoseEvent event =
        new EventReader()
            .read(
                stream(
                    "{\"deliveryStreamArn\":\""
                        + DELIVERY
                        + "\",\"records\":[{\"recordId\":\"0\"},"
                        + "{\"recordId\":\"1\",\"data\":\"\"},{\"recordId\":\"2\",\"data\":\"*\"},"
                        + "{\"recordId\":\"3\",\"data\":\""
                        + Base64.getEncoder().encodeToString(new byte[1_024_001])
                        + "\"},{\"recordId\":\"4\",\"data\":\"YQ==\"}]}"));
    assertThat(reingest(false).take(event, 0, 5, () -> 60_000).stream()).containsExactly(4);
  }

  @Test
  void takesNothingWithoutAClient() throws IOException {
    var reingest =
        new Reingest(
            true,
            () ->
                new ReingestCalls(
                    () -> {
                      throw SdkClientException.create("Unable to load region");
                    },
                    Kinesis::new,
                    sender()));
    assertThat(reingest.take(event("", "a"), 0, 1, () -> 60_000).cardinality()).isZero();
  }

  /** Records from r0 on; the first has a partition key, the others have none. */
  private static FirehoseEvent event(String sourceArn, String... texts) throws IOException {
    var records = new ArrayList<String>();
    for (int i = 0; i < texts.length; i++) {
      String key = i == 0 ? "{\"partitionKey\":\"key-0\"}" : "{}";
      records.add(
          "{\"recordId\":\"r"
              + i
              + "\",\"data\":\""
              + Base64.getEncoder().encodeToString(texts[i].getBytes(UTF_8))
              + "\",\"kinesisRecordMetadata\":"
              + key
              + "}");
    }
    String source = sourceArn.isEmpty() ? "" : "\"sourceKinesisStreamArn\":\"" + sourceArn + "\",";
    return new EventReader()
        .read(
            stream(
                "{"
                    + source
                    + "\"deliveryStreamArn\":\""
                    + DELIVERY
                    + "\",\"records\":["
                    + String.join(",", records)
                    + "]}"));
  }

  private static ByteArrayInputStream stream(String json) {
    return new ByteArrayInputStream(json.getBytes(UTF_8));
  }
}
