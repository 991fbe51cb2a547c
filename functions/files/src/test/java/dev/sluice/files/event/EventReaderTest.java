package dev.sluice.files.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way by which S3's events come, and what is no event of S3. */
class EventReaderTest {
  private static final String CREATED = s3("ObjectCreated:Put", "a+b%2Fc%C3%A9.log", "2.1");

  private static String s3(String name, String key, String version) {
    return """
        {"Records":[{"eventVersion":"%s","eventSource":"aws:s3","eventTime":"2026-10-10T13:55:36Z",\
        "eventName":"%s","s3":{"bucket":{"name":"in"},"object":{"key":"%s","size":12,\
        "eTag":"abc","sequencer":"00FF"}}}]}"""
        .formatted(version, name, key);
  }

  private static EventBatch read(String event) throws IOException {
    return new EventReader().read(new ByteArrayInputStream(event.getBytes(UTF_8)));
  }

  private static List<UploadEvent> uploads(String event) throws IOException {
    return read(event).deliveries().stream().flatMap(d -> d.uploads().stream()).toList();
  }

  private static String quoted(String text) {
    return JsonNodeFactory.instance.textNode(text).toString();
  }

  private static String message(String id, String body) {
    return "{\"messageId\":\"%s\",\"body\":%s,\"eventSource\":\"aws:sqs\",\"eventSourceARN\":\"arn:q\"}"
        .formatted(id, quoted(body));
  }

  private static String snsEnvelope(String message) {
    return "{\"Type\":\"Notification\",\"Message\":" + quoted(message) + "}";
  }

  @Test
  void direct() throws IOException {
    assertThat(read(CREATED).source()).isEqualTo("s3");
    assertThat(uploads(CREATED))
        .containsExactly(
            new UploadEvent(
                "ObjectCreated:Put",
                false,
                "in",
                "a b/cé.log",
                12,
                "abc",
                "",
                "00FF",
                Instant.parse("2026-10-10T13:55:36Z"),
                1));
  }

  @Test
  void inAQueueInATopicAndBoth() throws IOException {
    String queue = "{\"Records\":[" + message("m1", CREATED) + "]}";
    String topic =
        "{\"Records\":[{\"EventSource\":\"aws:sns\",\"Sns\":{\"Message\":"
            + quoted(CREATED)
            + "}}]}";
    String both = "{\"Records\":[" + message("m1", snsEnvelope(CREATED)) + "]}";
    assertThat(read(queue).source()).isEqualTo("sqs");
    assertThat(read(topic).source()).isEqualTo("sns");
    assertThat(uploads(queue)).isEqualTo(uploads(CREATED));
    assertThat(uploads(topic)).isEqualTo(uploads(CREATED));
    assertThat(uploads(both)).isEqualTo(uploads(CREATED));
  }

  @Test
  void byEventBridgeWhoseKeysAreNotEncoded() throws IOException {
    String event =
        """
        {"version":"0","detail-type":"Object Created","source":"aws.s3","time":"2026-10-10T13:55:36Z",
        "detail":{"bucket":{"name":"in"},"object":{"key":"a+b%2F.log","size":5,"etag":"abc",
        "version-id":"v1","sequencer":"00FF"},"reason":"PutObject"}}""";
    UploadEvent upload = uploads(event).get(0);
    assertThat(read(event).source()).isEqualTo("eventbridge");
    assertThat(upload.key()).isEqualTo("a+b%2F.log");
    assertThat(upload.versionId()).isEqualTo("v1");
    assertThat(uploads(event.replace("Object Created", "Object Deleted")).get(0).deletes())
        .isTrue();
    assertThat(uploads(event.replace("Object Created", "Object Tags Added"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ObjectRemoved:Delete",
        "ObjectRemoved:DeleteMarkerCreated",
        "LifecycleExpiration:Delete"
      })
  void deletions(String name) throws IOException {
    UploadEvent deleted = uploads(s3(name, "a.log", "2.1")).get(0);
    assertThat(deleted.deletes()).isTrue();
    assertThat(deleted.uploadId()).endsWith("00FF#deleted");
  }

  @Test
  void everyMinorVersionAndNoOtherEvents() throws IOException {
    assertThat(uploads(s3("ObjectCreated:Copy", "a.log", "2.9"))).hasSize(1);
    assertThat(uploads(s3("ObjectTagging:Put", "a.log", "2.3"))).isEmpty();
    assertThatThrownBy(() -> read(s3("ObjectCreated:Put", "a.log", "3.0")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("eventVersion");
  }

  @Test
  void aTestEventIsNoFile() throws IOException {
    String test = "{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Bucket\":\"in\"}";
    assertThat(read(test).deliveries().get(0).ignored()).isEqualTo(1);
    assertThat(read("{\"Records\":[" + message("m", test) + "]}").deliveries().get(0).trouble())
        .isEmpty();
  }

  @Test
  void aBadMessageDoesNotTouchItsNeighbour() throws IOException {
    EventBatch batch =
        read("{\"Records\":[" + message("m1", "{") + "," + message("m2", CREATED) + "]}");
    assertThat(batch.deliveries().get(0).trouble()).isEqualTo("a message is no JSON");
    assertThat(batch.deliveries().get(1).uploads()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"Records\":[{}]}",
        "{\"Records\":[{\"eventSource\":\"aws:s3\",\"eventVersion\":\"2.1\",\"eventName\":"
            + "\"ObjectCreated:Put\",\"eventTime\":\"2026-10-10T13:55:36Z\",\"s3\":{}}]}"
      })
  void whatIsNoEvent(String event) {
    assertThatThrownBy(() -> read(event)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void keysUpTo1024BytesOfAnyCharacter() throws IOException {
    String key = "é".repeat(510) + ".txt";
    assertThat(key.getBytes(UTF_8)).hasSize(1024);
    String encoded = URLEncoder.encode(key, UTF_8);
    assertThat(uploads(s3("ObjectCreated:Put", encoded, "2.1")).get(0).key()).isEqualTo(key);
    assertThatThrownBy(() -> read(s3("ObjectCreated:Put", encoded + "x", "2.1")))
        .hasMessageContaining("1024");
  }

  @Test
  void messagesInsideOfMessagesHaveAnEnd() {
    String message = CREATED;
    for (int i = 0; i < 6; i++) {
      message = snsEnvelope(message);
    }
    String wrapped = message;
    assertThatThrownBy(() -> read(wrapped)).hasMessageContaining("inside of messages");
  }

  @Test
  void identitiesOfUploads() throws IOException {
    UploadEvent plain = uploads(CREATED).get(0);
    assertThat(plain.identity()).isEqualTo("in/a b/cé.log#abc+00FF");
    assertThat(plain.uploadId()).isEqualTo("0".repeat(28) + "00FF#abc");
    UploadEvent versioned =
        uploads(CREATED.replace("\"eTag\"", "\"versionId\":\"v7\",\"eTag\"")).get(0);
    assertThat(versioned.identity()).isEqualTo("in/a b/cé.log#v7");
    assertThat(versioned.uploadId()).isEqualTo("0".repeat(28) + "00FF#v7");
    UploadEvent suspended =
        uploads(CREATED.replace("\"eTag\"", "\"versionId\":\"null\",\"eTag\"")).get(0);
    assertThat(suspended).isEqualTo(plain);
    UploadEvent again =
        uploads(CREATED.replace("\"s3\":", "\"sluice\":{\"attempt\":2},\"s3\":")).get(0);
    assertThat(again.identity()).isEqualTo(plain.identity() + "#2");
    assertThat(again.uploadId()).isEqualTo(plain.uploadId());
  }
}
