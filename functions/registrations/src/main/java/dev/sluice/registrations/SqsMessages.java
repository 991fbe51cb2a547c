package dev.sluice.registrations;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** What Lambda sends for a batch of an SQS queue. */
final class SqsMessages {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private SqsMessages() {}

  /**
   * One message.
   *
   * @param id names it in the answer
   * @param body as its sender wrote it; empty when there is none
   */
  record Message(String id, String body) {}

  /**
   * Reads an event.
   *
   * @throws IllegalArgumentException when it is no event of a queue
   */
  static List<Message> read(InputStream event) throws IOException {
    JsonNode json;
    try {
      json = JSON.readTree(event);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the event is no JSON");
    }
    JsonNode records = json.path("Records");
    if (!records.isArray()) {
      throw new IllegalArgumentException("the event has no Records");
    }
    var messages = new ArrayList<Message>();
    for (JsonNode record : records) {
      String id = record.path("messageId").asText("");
      if (id.isEmpty()) {
        throw new IllegalArgumentException("a record has no messageId");
      }
      messages.add(new Message(id, record.path("body").asText("")));
    }
    return messages;
  }
}
