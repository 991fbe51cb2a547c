package dev.sluice.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The server as such: its address, its HTTP, its end. */
class KinesisEmulatorTest {
  private static HttpResponse<String> call(URI endpoint, String target, String body)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint)
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", "application/x-amz-json-1.1")
            .header("X-Amz-Target", target)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void listensOnLoopbackOnly() {
    try (var emulator = KinesisEmulator.start()) {
      assertThat(emulator.endpoint().getScheme()).isEqualTo("http");
      assertThat(emulator.endpoint().getHost()).isEqualTo("127.0.0.1");
      assertThat(emulator.endpoint().getPort()).isPositive();
    }
  }

  @Test
  void namesThePortThatIsInUse() {
    try (var emulator = KinesisEmulator.start()) {
      int port = emulator.endpoint().getPort();
      assertThatThrownBy(
              () -> KinesisEmulator.start(KinesisEmulatorOptions.defaults().withPort(port)))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("127.0.0.1:" + port);
    }
  }

  @Test
  void speaksJsonAsTheCommandLineDoes() throws Exception {
    try (var emulator = KinesisEmulator.start()) {
      URI endpoint = emulator.endpoint();
      call(endpoint, "Kinesis_20131202.CreateStream", "{\"StreamName\":\"s\",\"ShardCount\":1}");
      HttpResponse<String> put =
          call(
              endpoint,
              "Kinesis_20131202.PutRecord",
              "{\"StreamName\":\"s\",\"PartitionKey\":\"k\",\"Data\":\"aGVsbG8=\"}");
      assertThat(put.statusCode()).isEqualTo(200);
      assertThat(put.headers().firstValue("content-type")).hasValue("application/x-amz-json-1.1");
      HttpResponse<String> iterator =
          call(
              endpoint,
              "Kinesis_20131202.GetShardIterator",
              "{\"StreamName\":\"s\",\"ShardId\":\"shardId-000000000000\",\"ShardIteratorType\":\"AT_TIMESTAMP\",\"Timestamp\":1.5}");
      HttpResponse<String> records = call(endpoint, "Kinesis_20131202.GetRecords", iterator.body());
      assertThat(records.body())
          .contains("\"Data\":\"aGVsbG8=\"")
          .containsPattern("\"ApproximateArrivalTimestamp\":[0-9]{10}\\.[0-9]{3}[,}]");
    }
  }

  @Test
  void answersErrorsWithTheirTypes() throws Exception {
    try (var emulator = KinesisEmulator.start()) {
      URI endpoint = emulator.endpoint();
      assertError(call(endpoint, "Kinesis_20131202.Nonsense", "{}"), "UnknownOperationException");
      assertError(call(endpoint, "Other_1.CreateStream", "{}"), "UnknownOperationException");
      assertError(call(endpoint, "Kinesis_20131202.CreateStream", "{"), "SerializationException");
      assertError(call(endpoint, "Kinesis_20131202.CreateStream", "[]"), "SerializationException");
      assertError(
          call(endpoint, "Kinesis_20131202.CreateStream", "{\"StreamName\":7}"),
          "SerializationException");
      assertError(call(endpoint, "Kinesis_20131202.CreateStream", "{}"), "ValidationException");
      assertError(
          call(
              endpoint, "Kinesis_20131202.CreateStream", "{\"StreamName\":\"s\",\"ShardCount\":0}"),
          "ValidationException");
      assertError(
          call(
              endpoint,
              "Kinesis_20131202.CreateStream",
              "{\"StreamName\":\"s\",\"ShardCount\":501}"),
          "LimitExceededException");
      assertError(
          call(endpoint, "Kinesis_20131202.DescribeStream", "{\"StreamName\":\"s\"}"),
          "ResourceNotFoundException");
      assertError(
          call(endpoint, "Kinesis_20131202.DescribeStream", "{}"), "InvalidArgumentException");
    }
  }

  private static void assertError(HttpResponse<String> response, String type) {
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("\"__type\":\"" + type + "\"");
    assertThat(response.headers().firstValue("x-amzn-ErrorType")).hasValue(type);
  }

  @Test
  void refusesABodyBeyondItsBound() throws Exception {
    try (var emulator = KinesisEmulator.start()) {
      HttpResponse<String> response =
          call(
              emulator.endpoint(),
              "Kinesis_20131202.PutRecord",
              " ".repeat(ApiHandler.REQUEST_BYTES_MAX + 1));
      assertThat(response.statusCode()).isEqualTo(413);
    }
  }

  @Test
  void closesUnderASubscriptionAndEndsItsThreads() throws Exception {
    var emulator = KinesisEmulator.start();
    try (var server =
        new TestServer("the emulator", emulator.endpoint(), emulator::close, Set.of())) {
      String consumer = server.newConsumer(server.newStream(1));
      try (var subscription =
          ShardSubscription.open(
              server.async(),
              consumer,
              "shardId-000000000000",
              position -> position.type("LATEST"))) {
        subscription.nextEvent();
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        assertThat(before)
            .filteredOn(thread -> isOurs(thread))
            .allMatch(Thread::isDaemon)
            .isNotEmpty();

        emulator.close();

        assertThatThrownBy(() -> subscription.done().get(60, TimeUnit.SECONDS)).isNotNull();
        Eventually.holds(
            () -> before.stream().filter(KinesisEmulatorTest::isOurs).noneMatch(Thread::isAlive));
      }
    }
  }

  private static boolean isOurs(Thread thread) {
    return thread.getName().startsWith("kinesis");
  }
}
