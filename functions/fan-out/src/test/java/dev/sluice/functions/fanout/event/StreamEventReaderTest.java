package dev.sluice.functions.fanout.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.functions.fanout.TestBatch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read out of events, and what is said of others. */
class StreamEventReaderTest {
  private static final String RECORD =
      new String(TestBatch.event(TestBatch.ofText(1, "secret")), UTF_8);

  private final StreamEventReader reader = new StreamEventReader();

  private StreamBatch read(String event) throws IOException {
    return reader.read(new ByteArrayInputStream(event.getBytes(UTF_8)));
  }

  @Test
  void readsTheExampleOfTheDocumentation() throws IOException {
    StreamBatch batch =
        read(
            """
            {"Records": [{"kinesis": {"kinesisSchemaVersion": "1.0", "partitionKey": "1",
              "sequenceNumber": "49590338271490256608559692538361571095921575989136588898",
              "data": "SGVsbG8sIHRoaXMgaXMgYSB0ZXN0Lg==",
              "approximateArrivalTimestamp": 1545084650.987},
              "eventSource": "aws:kinesis", "eventVersion": "1.0",
              "eventID":
                "shardId-000000000006:49590338271490256608559692538361571095921575989136588898",
              "eventName": "aws:kinesis:record",
              "invokeIdentityArn": "arn:aws:iam::123456789012:role/lambda-role",
              "awsRegion": "us-east-2",
              "eventSourceARN":
                "arn:aws:kinesis:us-east-2:123456789012:stream/lambda-stream"}]}
            """);
    assertThat(batch.stream()).isEqualTo("lambda-stream");
    assertThat(batch.shardId()).isEqualTo("shardId-000000000006");
    StreamRecord record = batch.first();
    assertThat(record.arrivalMillis()).isEqualTo(1_545_084_650_987L);
    assertThat(record.partitionKey()).isEqualTo("1");
    assertThat(new String(record.data(), UTF_8)).isEqualTo("Hello, this is a test.");
    assertThat(record.attempt()).isEqualTo(1);
  }

  @Test
  void readsTheStreamOfAFanOutConsumerAndTheAttemptOfARedrivenLine() throws IOException {
    StreamBatch batch =
        read(
            RECORD
                .replace("stream/logs", "stream/logs/consumer/mine:1545084650")
                .replace("\"key\"", "\"sluice-redrive-3-ab12\""));
    assertThat(batch.stream()).isEqualTo("logs");
    assertThat(batch.first().attempt()).isEqualTo(3);
  }

  @Test
  void aKeyMayBeAbsentAndOtherMembersArePassedOver() throws IOException {
    StreamBatch batch =
        read(
            RECORD
                .replace("\"partitionKey\":\"key\"", "\"partitionKey\":null,\"new\":[{\"a\":1}]")
                .replace("{\"Records\"", "{\"window\":{\"Records\":1},\"state\":{},\"Records\""));
    assertThat(batch.first().partitionKey()).isEmpty();
    assertThat(batch.records()).hasSize(1);
    assertThat(read("{\"Records\":[]}").records()).isEmpty();
  }

  @Test
  void placesHaveTheOrderOfTheShard() {
    var nine = new StreamRecord("9", 0, "", new byte[0]);
    var ten = new StreamRecord("10", 0, "", new byte[0]);
    assertThat(ten.isBehind("9")).isTrue();
    assertThat(nine.isBehind("10")).isFalse();
    assertThat(nine.isBehind("9")).isFalse();
    assertThat(nine.isBehind("")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{}",
        "{\"Records\":{}}",
        "{\"Records\":[1]}",
        "{\"Records\":[{}]}",
        "{\"Records\":[{\"Sns\":{}}]}",
        "{\"records\":[{\"data\":\"\"}]}"
      })
  void anythingElseIsUnknown(String event) {
    assertThatThrownBy(() -> read(event)).isInstanceOf(UnknownEventException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"sequenceNumber\":",
        "\"data\":",
        "\"approximateArrivalTimestamp\":",
        "\"eventID\":",
        "\"eventSourceARN\":",
        "\"kinesis\":"
      })
  void anEventWithoutAMemberIsUnknownAndNotQuoted(String member) {
    assertThatThrownBy(() -> read(RECORD.replace(member, "\"other\":")))
        .isInstanceOf(UnknownEventException.class)
        .hasMessageNotContaining("c2VjcmV0");
  }

  @Test
  void noCutEventIsReadAndNoneIsQuoted() {
    for (int length = 0; length < RECORD.length(); length++) {
      String cut = RECORD.substring(0, length);
      assertThatThrownBy(() -> read(cut))
          .isInstanceOf(UnknownEventException.class)
          .hasMessageNotContaining("c2Vj");
    }
    assertThatThrownBy(() -> read(RECORD.replace("c2VjcmV0", "c2?jcmV0")))
        .isInstanceOf(UnknownEventException.class)
        .hasMessageNotContaining("c2?j");
  }

  @Test
  void recordsOfTwoShardsAreNoBatch() {
    String two =
        RECORD.replace("]}", "")
            + ","
            + RECORD.substring(RECORD.indexOf('[') + 1).replace("shardId-0", "shardId-1");
    assertThatThrownBy(() -> read(two)).hasMessageContaining("several shards");
  }

  @Test
  void anEventHasABound() {
    var endless =
        new InputStream() {
          @Override
          public int read() {
            return ' ';
          }
        };
    assertThatThrownBy(() -> reader.read(endless))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("16777216");
  }
}
