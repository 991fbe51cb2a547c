package dev.sluice.local.firehose;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.kinesis.StreamTail;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TransformEventTest {

  private static final String INVOCATION = "00540a87-5050-496a-84e4-e7d92bbaf5e2";
  private static final FirehoseRecord DIRECT =
      new FirehoseRecord("1", 1_495_072_949_453L, "hello".getBytes(UTF_8), Optional.empty(), 0);
  private static final FirehoseRecord SOURCED =
      new FirehoseRecord(
          "2",
          5,
          new byte[0],
          Optional.of(new StreamTail.Item("shardId-000000000000", "495", "a\"é", 5, new byte[0])),
          7);

  @Test
  void aDirectPutHasNoSource() {
    var event = new TransformEvent("arn", "us-east-1", Optional.empty());
    assertThat(new String(event.write(INVOCATION, List.of(DIRECT)), UTF_8))
        .isEqualTo(
            "{\"invocationId\":\"00540a87-5050-496a-84e4-e7d92bbaf5e2\","
                + "\"deliveryStreamArn\":\"arn\",\"region\":\"us-east-1\",\"records\":[{"
                + "\"recordId\":\"1\",\"approximateArrivalTimestamp\":1495072949453,"
                + "\"data\":\"aGVsbG8=\"}]}");
  }

  @Test
  void aStreamAsSourceIsNamedAndEachRecordsPlaceInIt() {
    var event = new TransformEvent("arn", "us-east-1", Optional.of("source"));
    assertThat(new String(event.write(INVOCATION, List.of(SOURCED)), UTF_8))
        .isEqualTo(
            "{\"invocationId\":\"00540a87-5050-496a-84e4-e7d92bbaf5e2\","
                + "\"deliveryStreamArn\":\"arn\",\"region\":\"us-east-1\","
                + "\"sourceKinesisStreamArn\":\"source\",\"records\":[{"
                + "\"recordId\":\"2\",\"approximateArrivalTimestamp\":5,\"data\":\"\","
                + "\"kinesisRecordMetadata\":{\"shardId\":\"shardId-000000000000\","
                + "\"partitionKey\":\"a\\\"é\",\"approximateArrivalTimestamp\":5,"
                + "\"sequenceNumber\":\"495\",\"subsequenceNumber\":7}}]}");
  }

  @Test
  void theBytesAreCountedExactly() {
    var event = new TransformEvent("arn", "us-east-1", Optional.of("source"));
    List<FirehoseRecord> records = List.of(DIRECT, SOURCED, DIRECT);
    int counted =
        event.bytesWithoutRecords() + records.stream().mapToInt(TransformEvent::bytes).sum();
    assertThat(event.write(INVOCATION, records)).hasSize(counted - 1); // the last has no comma
  }
}
