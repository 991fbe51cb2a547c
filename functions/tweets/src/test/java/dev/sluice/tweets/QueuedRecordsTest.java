package dev.sluice.tweets;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.tweets.message.MalformedReason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

/** The messages that records become which nobody can read. */
class QueuedRecordsTest {
  private static final String QUEUE = "https://sqs.eu-west-1.amazonaws.com/1/malformed";
  private static final int SMALLEST_BOUND_OF_A_QUEUE = 256 << 10;

  private final List<String> bodies = new ArrayList<>();

  private final class Sqs implements SqsClient {
    @Override
    public SendMessageResponse sendMessage(SendMessageRequest request) {
      assertThat(request.queueUrl()).isEqualTo(QUEUE);
      bodies.add(request.messageBody());
      return SendMessageResponse.builder().build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }

  private final QueuedRecords queue = new QueuedRecords(new Sqs(), QUEUE);

  @Test
  void tellReasonPositionAndData() {
    var record = new KinesisRecord("49", "shardId-1", "tweets", new byte[] {0, (byte) 0xff, 'x'});
    queue.send(record, MalformedReason.NOT_JSON, "at line 1, column 2");
    assertThat(bodies)
        .containsExactly(
            "{\"reason\":\"NOT_JSON\",\"detail\":\"at line 1, column 2\",\"stream\":\"tweets\","
                + "\"shard\":\"shardId-1\",\"sequence_number\":\"49\",\"bytes\":3,"
                + "\"raw\":\"AP94\"}");
  }

  @Test
  void fitAnyQueueHoweverLargeTheRecord() throws IOException {
    queue.send(new KinesisRecord("49", "s", "t", new byte[1 << 20]), MalformedReason.NOT_JSON, "x");
    queue.send(new KinesisRecord("50", "s", "t", null), MalformedReason.NO_DATA, "no Base64");
    assertThat(bodies.get(0).length()).isLessThan(SMALLEST_BOUND_OF_A_QUEUE);
    JsonNode large = new ObjectMapper().readTree(bodies.get(0));
    assertThat(large.get("bytes").asInt()).isEqualTo(1 << 20);
    assertThat(large.get("raw").binaryValue()).hasSize(QueuedRecords.MAX_RAW_BYTES);
    assertThat(bodies.get(1)).contains("\"bytes\":0,\"raw\":\"\"");
  }
}
