package dev.sluice.web.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.web.Visitor;
import dev.sluice.web.WebApplication;
import dev.sluice.web.WebStack;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Uploads over HTTP into S3: what arrives is there whole, what does not leaves nothing. */
class UploadTest {

  private static final int SEVERAL_PARTS = S3Upload.PART_BYTES + 12_345;
  private static final int MAX_BYTES = SEVERAL_PARTS + 8;

  private final WebStack stack = WebStack.create();
  private final S3Client s3 = stack.clients().s3();
  private WebApplication pages;
  private Visitor visitor;

  @BeforeEach
  void serve() {
    pages =
        stack.serve(
            Map.of("MAX_UPLOAD_BYTES", Integer.toString(MAX_BYTES)), InstantSource.system());
    visitor = new Visitor(pages.url());
  }

  @AfterEach
  void close() {
    pages.close();
    stack.clients().close();
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private byte[] stored(String name) {
    return s3.getObjectAsBytes(get -> get.bucket(stack.uploadBucket()).key(name)).asByteArray();
  }

  private String head(String name, int length) {
    return "PUT /api/upload?name="
        + Visitor.encoded(name)
        + " HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Sluice-Token: "
        + visitor.token()
        + "\r\nContent-Length: "
        + length
        + "\r\n\r\n";
  }

  private void assertNothingIsLeft() {
    assertThat(s3.listObjectsV2(list -> list.bucket(stack.uploadBucket())).contents()).isEmpty();
    assertThat(s3.listMultipartUploads(list -> list.bucket(stack.uploadBucket())).uploads())
        .isEmpty();
  }

  static Stream<Integer> sizes() {
    return Stream.of(0, 1, S3Upload.PART_BYTES - 1, S3Upload.PART_BYTES, SEVERAL_PARTS);
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void storesEveryByte(int size) {
    byte[] file = bytes(size);
    HttpResponse<String> answer = visitor.put("access.log", file);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    assertThat(Visitor.json(answer).get("bytes").asInt()).isEqualTo(size);
    assertThat(Arrays.equals(stored("access.log"), file)).isTrue();
    HeadObjectResponse head =
        s3.headObject(get -> get.bucket(stack.uploadBucket()).key("access.log"));
    assertThat(Visitor.json(answer).get("eTag").asText()).isEqualTo(head.eTag().replace("\"", ""));
    assertThat(s3.listMultipartUploads(list -> list.bucket(stack.uploadBucket())).uploads())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "with space + plus & more=?#%41.log",
        "café 日本 😀.log.gz",
        "<img src=x onerror=alert(1)>.txt",
        "...",
        "quote\"'`;.txt"
      })
  void storesUnderTheNameAsItIs(String name) {
    assertThat(visitor.put(name, bytes(10)).statusCode()).isEqualTo(201);
    assertThat(s3.listObjectsV2(list -> list.bucket(stack.uploadBucket())).contents())
        .extracting(S3Object::key)
        .containsExactly(name);
  }

  @Test
  void refusesNamesThatLeadElsewhere() {
    for (String name :
        List.of("..", "../outside", "/etc/passwd", "a\\b", "a\rb", "x".repeat(1_025))) {
      HttpResponse<String> answer = visitor.put(name, bytes(10));
      assertThat(answer.statusCode()).as(name).isEqualTo(400);
      assertThat(Visitor.json(answer).get("error").asText()).isNotBlank();
    }
    for (String query : List.of("", "?name=", "?name=%ff", "?name=a&name=b")) {
      HttpResponse<String> answer =
          visitor.send(
              visitor
                  .request("/api/upload" + query)
                  .header("X-Sluice-Token", visitor.token())
                  .PUT(BodyPublishers.ofString("x"))
                  .build());
      assertThat(answer.statusCode()).as(query).isEqualTo(400);
    }
    assertNothingIsLeft();
  }

  @Test
  void keepsTheContentTypeThatTheBrowserNames() {
    visitor.send(
        visitor
            .request("/api/upload?name=a.txt")
            .header("X-Sluice-Token", visitor.token())
            .header("Content-Type", "text/plain")
            .PUT(BodyPublishers.ofString("x"))
            .build());
    assertThat(s3.headObject(get -> get.bucket(stack.uploadBucket()).key("a.txt")).contentType())
        .isEqualTo("text/plain");
  }

  @Test
  void refusesAFileThatSaysThatItIsTooLarge() {
    HttpResponse<String> answer = visitor.put("large.log", bytes(MAX_BYTES + 1));
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(Visitor.json(answer).get("error").asText())
        .isEqualTo("The file is larger than " + MAX_BYTES + " bytes.");
    assertNothingIsLeft();
  }

  @Test
  void refusesAFileThatTurnsOutTooLargeOnTheWay() {
    byte[] file = bytes(MAX_BYTES + 100_000);
    HttpResponse<String> answer =
        visitor.send(
            visitor.upload(
                "large.log", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(file))));
    assertThat(answer.statusCode()).isEqualTo(413);
    assertNothingIsLeft();
  }

  @Test
  void refusesAnEncodedBody() {
    HttpResponse<String> answer =
        visitor.send(
            visitor
                .request("/api/upload?name=a.log")
                .header("X-Sluice-Token", visitor.token())
                .header("Content-Encoding", "gzip")
                .PUT(BodyPublishers.ofString("x"))
                .build());
    assertThat(answer.statusCode()).isEqualTo(415);
    assertNothingIsLeft();
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, S3Upload.PART_BYTES + 1_000})
  void leavesNothingOfAnUploadThatBreaksOff(int sent) throws IOException {
    URI site = pages.url();
    try (var socket = new Socket(site.getHost(), site.getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(head("broken.log", SEVERAL_PARTS).getBytes(StandardCharsets.US_ASCII));
      out.write(bytes(sent));
      out.flush();
      if (sent > S3Upload.PART_BYTES) {
        Awaitility.await("the upload has begun")
            .until(
                () ->
                    !s3.listMultipartUploads(list -> list.bucket(stack.uploadBucket()))
                        .uploads()
                        .isEmpty());
      }
    }
    Awaitility.await("nothing is left").untilAsserted(this::assertNothingIsLeft);
  }

  @Test
  void keepsTwoUploadsOfOneNameApart() {
    byte[] one = bytes(SEVERAL_PARTS);
    byte[] other = bytes(SEVERAL_PARTS + 7);
    var first = CompletableFuture.supplyAsync(() -> visitor.put("same.log", one));
    var second = CompletableFuture.supplyAsync(() -> visitor.put("same.log", other));
    assertThat(first.join().statusCode()).isEqualTo(201);
    assertThat(second.join().statusCode()).isEqualTo(201);
    byte[] last = stored("same.log");
    assertThat(Arrays.equals(last, one) || Arrays.equals(last, other)).isTrue();
  }

  @Test
  void tellsWhichUploadOfTheNameCameBefore() {
    assertThat(Visitor.json(visitor.put("a.log", bytes(1))).has("before")).isFalse();
    stack.putItem("a.log", "0001", "2026-03-01T10:00:00Z", Map.of());
    stack.putItem("a.log", "0002", "2026-03-01T11:00:00Z", Map.of());
    assertThat(Visitor.json(visitor.put("a.log", bytes(1))).get("before").asText())
        .isEqualTo("0002");
  }

  @Test
  void takesSoManyFilesAtATime() throws IOException {
    URI site = pages.url();
    var slow = new ArrayList<Socket>();
    try {
      for (int i = 0; i < UploadEndpoint.MAX_UPLOADS; i++) {
        var socket = new Socket(site.getHost(), site.getPort());
        slow.add(socket);
        socket.getOutputStream().write(head("slow-" + i, 100).getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
      }
      Awaitility.await("all places are taken")
          .until(() -> visitor.put("one more", bytes(1)).statusCode() == 503);
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
    Awaitility.await("places are free again")
        .until(() -> visitor.put("one more", bytes(1)).statusCode() == 201);
  }

  @Test
  void saysWhenTheStorageRefuses() {
    s3.deleteBucket(delete -> delete.bucket(stack.uploadBucket()));
    HttpResponse<String> answer = visitor.put("a.log", bytes(10));
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.body()).doesNotContain(stack.uploadBucket());
  }
}
