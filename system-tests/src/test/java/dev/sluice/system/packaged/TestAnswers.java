package dev.sluice.system.packaged;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.local.lambda.LambdaAnswer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The answers to an event, one for each record in their order. */
record TestAnswers(List<JsonNode> records) {

  static final String OK = "Ok";
  static final String DROPPED = "Dropped";
  static final String FAILED = "ProcessingFailed";

  /** 6 MB, as the quota of Lambda has it; the service itself takes 100 bytes more. */
  static final int RESPONSE_BYTES_MAX = 6_291_456;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Reads them, and asserts a legal size and the ids of the event, once each and in order. */
  static TestAnswers of(LambdaAnswer answer, TestEvent event) {
    assertThat(answer.succeeded()).as(answer.errorType() + ": " + start(answer)).isTrue();
    assertThat(answer.payload()).hasSizeLessThanOrEqualTo(RESPONSE_BYTES_MAX);
    var records = new ArrayList<JsonNode>();
    var ids = new ArrayList<String>();
    try {
      JSON.readTree(answer.payload()).path("records").forEach(records::add);
    } catch (IOException noJson) {
      throw new UncheckedIOException(start(answer), noJson);
    }
    records.forEach(each -> ids.add(each.path("recordId").textValue()));
    assertThat(ids.equals(event.ids())).as("the ids of the event in its order").isTrue();
    assertThat(records)
        .allMatch(each -> List.of(OK, DROPPED, FAILED).contains(each.path("result").textValue()));
    return new TestAnswers(records);
  }

  private static String start(LambdaAnswer answer) {
    String text = answer.text();
    return text.substring(0, Math.min(text.length(), 1_000));
  }

  String result(int record) {
    return records.get(record).get("result").textValue();
  }

  List<String> results() {
    return records.stream().map(each -> each.get("result").textValue()).toList();
  }

  long count(String result) {
    return results().stream().filter(result::equals).count();
  }

  /** What goes back as it is, in Base64 or not. */
  String raw(int record) {
    return records.get(record).get("data").textValue();
  }

  byte[] data(int record) {
    return Base64.getDecoder().decode(raw(record));
  }

  String text(int record) {
    return new String(data(record), UTF_8);
  }
}
