package dev.sluice.windows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * What Lambda sends for a batch of a DynamoDB stream with a tumbling window.
 *
 * @param state what the invocation before has answered; empty for the first of a window
 * @param isFinal whether the window ends with this batch, which may then be empty
 * @param isTerminatedEarly whether it ends before its time, because its state is too large
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-windows.html">Tumbling
 *     windows</a>
 */
record WindowEvent(
    WindowKey key,
    List<ItemChange> changes,
    ObjectNode state,
    boolean isFinal,
    boolean isTerminatedEarly) {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  /**
   * Reads an event.
   *
   * @param keyAttribute the part of an item's key that says which item it is
   * @throws UnknownEventException when it is no event of a tumbling window
   */
  static WindowEvent read(InputStream event, String keyAttribute) throws IOException {
    JsonNode json;
    try {
      json = JSON.readTree(event);
    } catch (JsonProcessingException e) {
      throw new UnknownEventException("the event is no JSON: " + e.getLocation());
    }
    JsonNode window = json.path("window");
    if (!window.path("start").isTextual() || !window.path("end").isTextual()) {
      throw new UnknownEventException(
          "the event has no window.start and window.end: is a tumbling window set?");
    }
    JsonNode records = json.path("Records");
    if (!records.isArray() && !records.isMissingNode() && !records.isNull()) {
      throw new UnknownEventException("Records is no array");
    }
    var changes = new ArrayList<ItemChange>();
    records.forEach(record -> changes.add(change(record, keyAttribute)));
    return new WindowEvent(
        new WindowKey(
            window.get("start").textValue(),
            window.get("end").textValue(),
            json.path("shardId").asText("")),
        changes,
        json.path("state").isObject() ? (ObjectNode) json.get("state") : JSON.createObjectNode(),
        json.path("isFinalInvokeForWindow").asBoolean(false),
        json.path("isWindowTerminatedEarly").asBoolean(false));
  }

  private static ItemChange change(JsonNode record, String keyAttribute) {
    JsonNode dynamo = record.path("dynamodb");
    return new ItemChange(
        item(dynamo.path("Keys").path(keyAttribute)),
        ChangeKind.named(record.path("eventName").asText("")),
        dynamo.path("SequenceNumber").asText(""));
  }

  /** The value of an attribute such as {@code {"N":"101"}}; null when there is none. */
  private static String item(JsonNode attribute) {
    Iterator<JsonNode> values = attribute.elements();
    JsonNode value = values.hasNext() ? values.next() : null;
    return value != null && value.isValueNode() && !value.isNull() ? value.asText() : null;
  }
}
