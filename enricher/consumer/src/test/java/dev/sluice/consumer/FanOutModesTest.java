package dev.sluice.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.consumer.tiles.Failpoints;
import dev.sluice.local.EmbeddedAws;
import dev.sluice.local.recording.MetricValue;
import dev.sluice.local.recording.SnsMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.sns.SnsClient;

/** The modes alerts and metrics, by KCL, against the embedded stack. */
class FanOutModesTest {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final int LINES_A_MINUTE = 100;

  private static EmbeddedAws aws;

  /** Begins a minute, lately enough for CloudWatch. */
  private final Instant start =
      Instant.now().truncatedTo(ChronoUnit.MINUTES).minus(Duration.ofHours(1));

  @BeforeAll
  static void startStack() {
    aws = EmbeddedAws.start();
  }

  @AfterAll
  static void stopStack() {
    aws.close();
  }

  private void putMinute(LocalStream stream, int minute, int status) {
    var records = new ArrayList<PutRecordsRequestEntry>();
    for (int i = 0; i < LINES_A_MINUTE; i++) {
      Instant at = start.plusSeconds(60L * minute + i % 60);
      String line =
          String.format(
              "192.0.2.%d - - [%s] \"GET /page%d.php HTTP/1.1\" %d 7",
              i % 5, TIME.format(at), i % 3, status);
      records.add(
          PutRecordsRequestEntry.builder()
              .partitionKey(minute + "-" + i)
              .data(SdkBytes.fromString(line, StandardCharsets.UTF_8))
              .build());
    }
    var answer =
        stream.kinesis().putRecords(r -> r.streamName(stream.name).records(records)).join();
    assertThat(answer.failedRecordCount()).isZero();
  }

  private static Map<String, String> settings(LocalStream stream, String mode) {
    Map<String, String> settings = stream.settings();
    settings.remove("OUTPUT_BUCKET");
    settings.put("APPLICATION_NAME", stream.application + "-" + mode);
    settings.put("MODE", mode);
    return settings;
  }

  private static void stop(ConsumerApplication consumer, CompletableFuture<Integer> exit)
      throws Exception {
    consumer.stop();
    assertThat(exit.get(LocalStream.PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .isEqualTo(ConsumerApplication.EXIT_OK);
  }

  @Test
  void anErrorBurstIsToldAndItsEndToo() throws Exception {
    String topic;
    try (var stream = new LocalStream(aws, 2)) {
      try (SnsClient sns = stream.clients.sns().get()) {
        topic = sns.createTopic(r -> r.name("alerts")).topicArn();
      }
      for (int minute = 0; minute < 12; minute++) {
        putMinute(stream, minute, minute == 2 || minute == 3 ? 503 : 200);
      }
      Map<String, String> settings = settings(stream, "alerts");
      settings.put("ALERT_TOPIC_ARN", topic);
      settings.put("ALERT_RULES", "errors measure=error-rate above=5% min=5");
      try (ConsumerApplication consumer = stream.open(settings, Failpoints.NONE)) {
        CompletableFuture<Integer> exit = LocalStream.start(consumer);
        await().atMost(LocalStream.PATIENCE).until(() -> aws.sns().messages().size() >= 2);
        stop(consumer, exit);
      }
      List<SnsMessage> messages = aws.sns().messages();
      assertThat(messages)
          .extracting(SnsMessage::subject)
          .containsExactly(
              "RAISED errors (" + stream.name + ")", "CLEARED errors (" + stream.name + ")");
      assertThat(messages).allSatisfy(m -> assertThat(m.topicArn()).isEqualTo(topic));
      assertThat(messages.get(0).message())
          .contains("error rate above 5.00 %", "window " + start.plusSeconds(120) + " to ");
      assertThat(messages.get(1).attributes())
          .containsEntry("rule", "errors")
          .containsEntry("kind", "CLEARED");
    }
  }

  @Test
  void countsByMinuteAddUpToTheLinesOverAStop() throws Exception {
    try (var stream = new LocalStream(aws, 2)) {
      Map<String, String> settings = settings(stream, "metrics");
      settings.put("METRICS_NAMESPACE", "Test");
      for (int round = 0; round < 2; round++) {
        int sent = (round + 1) * 3 * LINES_A_MINUTE;
        for (int minute = 0; minute < 3; minute++) {
          putMinute(stream, 3 * round + minute, minute == 1 ? 404 : 200);
        }
        try (ConsumerApplication consumer = stream.open(settings, Failpoints.NONE)) {
          CompletableFuture<Integer> exit = LocalStream.start(consumer);
          double before = (double) round * 3 * LINES_A_MINUTE;
          await()
              .atMost(LocalStream.PATIENCE)
              .until(
                  () ->
                      consumer.meters().find("EnrichedLines").counters().stream()
                              .mapToDouble(c -> c.count())
                              .sum()
                          == sent - before);
          stop(consumer, exit);
        }
        assertThat(sum(stream, Map.of())).isEqualTo(sent);
        assertThat(sum(stream, Map.of("StatusClass", "4xx"))).isEqualTo(sent / 3.0);
        for (String dimension : List.of("StatusClass", "Country", "Page", "Device")) {
          assertThat(sumOfAll(stream, dimension)).as(dimension).isEqualTo(sent);
        }
      }
      assertThat(values(stream))
          .allSatisfy(
              value -> {
                assertThat(value.namespace()).isEqualTo("Test");
                assertThat(value.timestamp()).isBetween(start, start.plusSeconds(300));
              });
    }
  }

  private static List<MetricValue> values(LocalStream stream) {
    return aws.cloudWatch().values().stream()
        .filter(value -> stream.name.equals(value.dimensions().get("Stream")))
        .toList();
  }

  private static double sum(LocalStream stream, Map<String, String> dimensions) {
    return values(stream).stream()
        .filter(value -> value.name().equals("Requests"))
        .filter(value -> value.dimensions().size() == dimensions.size() + 1)
        .filter(value -> value.dimensions().entrySet().containsAll(dimensions.entrySet()))
        .mapToDouble(MetricValue::sum)
        .sum();
  }

  private static double sumOfAll(LocalStream stream, String dimension) {
    return values(stream).stream()
        .filter(value -> value.dimensions().containsKey(dimension))
        .mapToDouble(MetricValue::sum)
        .sum();
  }
}
