package dev.sluice.local.firehose;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.local.lambda.LambdaAnswer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * A transformation in this process that keeps each event: text in upper case, "drop..." dropped,
 * "fail..." failed. Errors that a test asks for come first.
 */
final class RecordedFunction implements Function<byte[], LambdaAnswer> {

  static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:recorded";
  private static final ObjectMapper JSON = new ObjectMapper();

  final List<JsonNode> events = new CopyOnWriteArrayList<>();
  final List<LambdaAnswer> errorsToGive = new CopyOnWriteArrayList<>();

  Transformation transformation() {
    return new Transformation(ARN, this, Transformation.DEFAULT_RETRIES);
  }

  @Override
  public LambdaAnswer apply(byte[] bytes) {
    try {
      JsonNode event = JSON.readTree(bytes);
      events.add(event);
      if (!errorsToGive.isEmpty()) {
        return errorsToGive.remove(0);
      }
      ObjectNode answer = JSON.createObjectNode();
      ArrayNode records = answer.putArray("records");
      for (JsonNode record : event.get("records")) {
        transform(record, records.addObject());
      }
      return LambdaAnswer.success(JSON.writeValueAsBytes(answer));
    } catch (IOException bug) {
      throw new UncheckedIOException(bug);
    }
  }

  private static void transform(JsonNode record, ObjectNode into) throws IOException {
    String text = new String(record.get("data").binaryValue(), UTF_8);
    into.put("recordId", record.get("recordId").textValue());
    if (text.startsWith("drop")) {
      into.put("result", "Dropped");
    } else if (text.startsWith("fail")) {
      into.put("result", "ProcessingFailed").set("data", record.get("data"));
    } else {
      into.put("result", "Ok").put("data", text.toUpperCase(Locale.ROOT).getBytes(UTF_8));
      into.putObject("metadata").putObject("partitionKeys").put("first", text.substring(0, 1));
    }
  }
}
