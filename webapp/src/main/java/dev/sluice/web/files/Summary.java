package dev.sluice.web.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.web.http.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * The summary object of a file: most frequent names and counts over time, as docs/files.md
 * describes. Only what has that form reaches the page.
 */
final class Summary {

  /** Five lists of twenty names and 200 counts are far smaller. */
  private static final int MAX_BYTES = 1 << 20;

  private static final int MAX_NAMES = 20;
  private static final int MAX_STEPS = 200;
  private static final List<String> LISTS =
      List.of("countries", "browsers", "statuses", "pages", "devices");
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private Summary() {}

  /**
   * Reads the summary of a file.
   *
   * @return empty when the file has none, or it is unreadable
   */
  static Optional<ObjectNode> of(StoredFile file, OutputBucket bucket) throws IOException {
    if (file.summaryKey().isEmpty()) {
      return Optional.empty();
    }
    byte[] bytes;
    try (InputStream in = bucket.open(file, file.summaryKey())) {
      bytes = in.readNBytes(MAX_BYTES);
    } catch (RefusedException gone) {
      return Optional.empty();
    }
    try {
      return Optional.of(checked(JSON.readTree(bytes)));
    } catch (IOException noJson) {
      return Optional.empty();
    }
  }

  private static ObjectNode checked(JsonNode summary) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    for (String list : LISTS) {
      json.set(list, names(summary.path(list)));
    }
    ObjectNode other = json.putObject("other");
    for (String list : LISTS) {
      other.put(list, Math.max(0, summary.path("other").path(list).asLong()));
    }
    JsonNode times = summary.path("times");
    if (times.path("from").isTextual() && times.path("step_seconds").asLong() > 0) {
      ObjectNode checked = json.putObject("times");
      checked.put("from", times.path("from").asText());
      checked.put("stepSeconds", times.path("step_seconds").asLong());
      checked.set("counts", counts(times.path("counts")));
    }
    return json;
  }

  private static ArrayNode names(JsonNode list) {
    ArrayNode names = JsonNodeFactory.instance.arrayNode();
    for (JsonNode pair : list) {
      if (names.size() < MAX_NAMES && pair.path(0).isTextual() && pair.path(1).isNumber()) {
        names.addArray().add(pair.get(0).asText()).add(Math.max(0, pair.get(1).asLong()));
      }
    }
    return names;
  }

  private static ArrayNode counts(JsonNode list) {
    ArrayNode counts = JsonNodeFactory.instance.arrayNode();
    for (JsonNode count : list) {
      if (counts.size() < MAX_STEPS) {
        counts.add(Math.max(0, count.asLong()));
      }
    }
    return counts;
  }
}
