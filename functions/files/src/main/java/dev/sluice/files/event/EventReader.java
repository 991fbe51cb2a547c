package dev.sluice.files.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads what S3 tells: directly, or inside of messages of SQS, SNS or EventBridge, and these inside
 * of each other, as their subscriptions make them.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html">
 *     Event message structure</a>
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html">EventBridge
 *     event message structure</a>
 */
public final class EventReader {
  /** SQS around SNS around S3 is the most that anybody sets up. */
  private static final int MAX_WRAPPINGS = 4;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /**
   * Reads an event.
   *
   * @throws IllegalArgumentException when it is none of a source that is known
   */
  public EventBatch read(InputStream event) throws IOException {
    JsonNode json;
    try {
      json = JSON.readTree(event);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the event is no JSON");
    }
    JsonNode first = json.path("Records").path(0);
    if (first.path("eventSource").asText("").equals("aws:sqs")) {
      return ofQueue(json.path("Records"));
    }
    String source =
        first.path("EventSource").asText("").equals("aws:sns")
            ? "sns"
            : json.has("detail") ? "eventbridge" : "s3";
    try {
      var uploads = new Uploads();
      uploads.read(json, 0);
      return new EventBatch(source, false, List.of(uploads.delivery("")));
    } catch (BadEventException e) {
      throw new IllegalArgumentException(e.getMessage());
    }
  }

  private static EventBatch ofQueue(JsonNode messages) {
    var deliveries = new ArrayList<Delivery>();
    boolean fifo = false;
    for (JsonNode message : messages) {
      String id = message.path("messageId").asText("");
      if (id.isEmpty()) {
        throw new IllegalArgumentException("a record has no messageId");
      }
      fifo |= message.path("eventSourceARN").asText("").endsWith(".fifo");
      deliveries.add(message(id, message.path("body").asText("")));
    }
    return new EventBatch("sqs", fifo, deliveries);
  }

  private static Delivery message(String id, String body) {
    var uploads = new Uploads();
    try {
      uploads.readText(body, 1);
      return uploads.delivery(id);
    } catch (BadEventException e) {
      return new Delivery(id, List.of(), 0, e.getMessage());
    }
  }

  /** Gathers the uploads of one delivery. */
  private static final class Uploads {
    private final List<UploadEvent> uploads = new ArrayList<>();
    private int ignored;

    Delivery delivery(String id) {
      return new Delivery(id, uploads, ignored, "");
    }

    void readText(String text, int depth) throws BadEventException {
      JsonNode json;
      try {
        json = JSON.readTree(text);
      } catch (JsonProcessingException e) {
        throw new BadEventException("a message is no JSON");
      }
      read(json, depth);
    }

    void read(JsonNode json, int depth) throws BadEventException {
      if (depth > MAX_WRAPPINGS) {
        throw new BadEventException("messages inside of messages, more than " + MAX_WRAPPINGS);
      }
      if (json.path("Event").asText("").equals("s3:TestEvent")) {
        ignored++; // S3 sends it when a notification is set up
      } else if (json.path("Records").isArray()) {
        for (JsonNode record : json.path("Records")) {
          readRecord(record, depth);
        }
      } else if (json.has("detail")) {
        add(S3Records.ofEventBridge(json));
      } else if (json.path("Type").asText("").equals("Notification")) {
        readText(json.path("Message").asText(""), depth + 1);
      } else {
        throw new BadEventException("it is no event of S3: it has neither Records nor detail");
      }
    }

    private void readRecord(JsonNode record, int depth) throws BadEventException {
      if (record.has("Sns")) {
        readText(record.path("Sns").path("Message").asText(""), depth + 1);
      } else {
        add(S3Records.of(record));
      }
    }

    /** Null is something that concerns no file's content. */
    private void add(UploadEvent upload) {
      if (upload == null) {
        ignored++;
      } else {
        uploads.add(upload);
      }
    }
  }
}
