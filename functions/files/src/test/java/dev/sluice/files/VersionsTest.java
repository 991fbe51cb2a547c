package dev.sluice.files;

import static dev.sluice.files.FilesFixture.lines;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.files.tracing.Tracing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

/**
 * The upload that is read is that of the event: by its version, or under its eTag. The local S3 has
 * no versions, so what is asked for is looked at.
 */
class VersionsTest {
  private final FilesFixture fixture = FilesFixture.create();
  private final List<GetObjectRequest> asked = new ArrayList<>();

  private FilesHandler handler() {
    S3Client watched =
        Intercepted.client(
            S3Client.class,
            fixture.s3,
            (called, arguments) -> {
              if (called.equals("getObject")
                  && arguments[0] instanceof GetObjectRequest.Builder builder) {
                asked.add(builder.build());
              } else if (called.equals("getObject")
                  && arguments[0] instanceof GetObjectRequest request) {
                asked.add(request);
                if (request.versionId() != null) {
                  arguments[0] = request.toBuilder().versionId(null).build();
                }
              }
            });
    return fixture.handler(watched, fixture.dynamoDb, fixture.notices(), Tracing.OFF);
  }

  @Test
  void byItsETagWithoutVersions() {
    fixture.invoke(handler(), fixture.put("plain.log", lines(0, 1)));
    String eTag = fixture.item("plain.log").get("ETag").s();
    assertThat(asked).hasSize(1);
    assertThat(asked.get(0).ifMatch()).isEqualTo('"' + eTag + '"');
    assertThat(asked.get(0).versionId()).isNull();
  }

  @Test
  void byItsVersionWithVersions() {
    String event = fixture.put("v.log", lines(0, 1));
    FilesHandler handler = handler();
    fixture.invoke(handler, event.replace("\"eTag\"", "\"versionId\":\"v2\",\"eTag\""));
    // The older version's event comes later: it becomes history.
    String older =
        event
            .replace("\"eTag\"", "\"versionId\":\"v1\",\"eTag\"")
            .replaceAll("\"sequencer\":\"[0-9A-F]+\"", "\"sequencer\":\"00\"");
    fixture.invoke(handler, older);
    assertThat(asked).extracting(GetObjectRequest::versionId).containsExactly("v2", "v1");
    assertThat(asked).extracting(GetObjectRequest::ifMatch).containsOnlyNulls();
    assertThat(fixture.items("v.log"))
        .extracting(item -> item.get("VersionId").s())
        .containsExactly("v2", "v1");
    assertThat(fixture.told()).hasSize(2);
    Map<String, AttributeValue> newest = fixture.item("v.log");
    assertThat(newest.get("State").s()).isEqualTo("DONE");
  }
}
