package dev.sluice.local.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.local.lambda.LambdaAnswer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A function that keeps its events and answers by what the test says. */
final class RecordingFunction implements MappedFunction {

  static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:recording";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<JsonNode> events = new ArrayList<>();
  private Function<JsonNode, LambdaAnswer> behaviour = event -> answer("{}");

  @Override
  public String arn() {
    return ARN;
  }

  @Override
  public synchronized LambdaAnswer invoke(byte[] event) {
    try {
      JsonNode json = JSON.readTree(event);
      events.add(json);
      return behaviour.apply(json);
    } catch (IOException noJson) {
      throw new UncheckedIOException(noJson);
    }
  }

  synchronized void answers(Function<JsonNode, LambdaAnswer> changed) {
    behaviour = changed;
  }

  synchronized List<JsonNode> events() {
    return List.copyOf(events);
  }

  synchronized JsonNode lastEvent() {
    return events.get(events.size() - 1);
  }

  /** One text of each record of each event. */
  synchronized List<List<String>> batches(String pointer) {
    return events.stream().map(event -> texts(event, pointer)).toList();
  }

  static List<String> texts(JsonNode event, String pointer) {
    var texts = new ArrayList<String>();
    event.path("Records").forEach(each -> texts.add(each.at(pointer).asText()));
    return texts;
  }

  static LambdaAnswer answer(String json) {
    return LambdaAnswer.success(json.getBytes(UTF_8));
  }

  static LambdaAnswer error() {
    return LambdaAnswer.failure("java.lang.IllegalStateException", "injected");
  }

  static LambdaAnswer failing(List<String> items) {
    var failures = items.stream().map(item -> "{\"itemIdentifier\":\"" + item + "\"}").toList();
    return answer("{\"batchItemFailures\":[" + String.join(",", failures) + "]}");
  }
}
