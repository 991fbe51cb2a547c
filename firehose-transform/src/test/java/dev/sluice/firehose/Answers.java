package dev.sluice.firehose;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A response, read as Firehose reads it: strictly. */
final class Answers {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final List<JsonNode> records = new ArrayList<>();

  /** Reads a response and holds it to the contract for an event of so many records. */
  static Answers of(byte[] response, int expectedRecords) throws IOException {
    var answers = new Answers();
    JsonNode root = MAPPER.readTree(response);
    assertThat(root.fieldNames()).toIterable().containsExactly("records");
    root.get("records").forEach(answers.records::add);
    assertThat(answers.records).hasSize(expectedRecords);
    for (int i = 0; i < expectedRecords; i++) {
      JsonNode record = answers.records.get(i);
      assertThat(record.get("recordId").asText()).isEqualTo(EventText.id(i));
      assertThat(record.get("result").asText()).isIn("Ok", "Dropped", "ProcessingFailed");
      assertThat(record.has("data")).isEqualTo(!answers.result(i).equals("Dropped"));
    }
    return answers;
  }

  int size() {
    return records.size();
  }

  String result(int record) {
    return records.get(record).get("result").asText();
  }

  List<String> results() {
    return records.stream().map(record -> record.get("result").asText()).toList();
  }

  long count(String result) {
    return results().stream().filter(result::equals).count();
  }

  /** The data as it stands in the response. */
  String rawData(int record) {
    return records.get(record).get("data").asText();
  }

  String data(int record) {
    return new String(Base64.getDecoder().decode(rawData(record)), UTF_8);
  }

  JsonNode partitionKeys(int record) {
    return records.get(record).path("metadata").path("partitionKeys");
  }
}
