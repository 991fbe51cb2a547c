package dev.sluice.consumer.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.consumer.tiles.ConsumerEvents;
import dev.sluice.fanout.FanOutConfig;
import dev.sluice.fanout.MinuteCounts;
import dev.sluice.local.metrics.MetricName;
import dev.sluice.local.metrics.MetricTable;
import dev.sluice.local.metrics.MetricsPage;
import dev.sluice.local.recording.LocalCloudWatch;
import dev.sluice.local.recording.MetricValue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;

class CloudWatchMinutesTest {
  private static final BoundedCalls CALLS =
      new BoundedCalls(BoundedCalls.RETRIES, pause -> {}, new Random(1), ConsumerEvents.NONE);
  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

  @Test
  void sendsManyValuesInPartsAndLeavesOutWhatWouldBeRefused() throws Exception {
    var tooOld = new ArrayList<Integer>();
    var sent = new ArrayList<Integer>();
    var events =
        new ConsumerEvents() {
          @Override
          public void minutesTooOld(int minutes) {
            tooOld.add(minutes);
          }

          @Override
          public void metricsSent(int values) {
            sent.add(values);
          }
        };
    Map<String, Long> pages = new HashMap<>();
    for (int i = 0; i < 100; i++) {
      pages.put("p" + i, 1L + i);
    }
    var minutes = new ArrayList<MinuteCounts>();
    for (int i = 0; i < 12; i++) {
      minutes.add(minute(NOW.minusSeconds(60L * i), pages));
    }
    minutes.add(minute(NOW.minus(Duration.ofDays(14)), pages));
    minutes.add(minute(NOW.plus(Duration.ofHours(3)), pages));
    try (LocalCloudWatch local = LocalCloudWatch.start(0, InstantSource.fixed(NOW), new Random(1));
        CloudWatchClient client = client(local)) {
      new CloudWatchMinutes(client, "Test", "logs", CALLS, InstantSource.fixed(NOW), events)
          .send(minutes, () -> false);
      List<MetricValue> values = local.values();
      assertThat(values).hasSize(12 * 103);
      assertThat(values)
          .filteredOn(value -> value.dimensions().equals(Map.of("Stream", "logs", "Page", "p9")))
          .hasSize(12)
          .allSatisfy(value -> assertThat(value.sum()).isEqualTo(10));
      assertThat(values)
          .extracting(MetricValue::name)
          .contains("Requests", "LateLines", "AheadLines");
    }
    assertThat(tooOld).containsExactly(2);
    assertThat(sent).hasSize(2).contains(1_000);
  }

  private static CloudWatchClient client(LocalCloudWatch local) {
    return CloudWatchClient.builder()
        .endpointOverride(local.endpoint())
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
        .httpClientBuilder(ApacheHttpClient.builder())
        .build();
  }

  @Test
  void namesEveryMetricOfThePageAndNoOther() throws Exception {
    MetricTable table = MetricsPage.ofThisCheckout().table("consumer-minutes");
    assertThat(table.setting()).isEqualTo("METRICS_NAMESPACE");
    assertThat(table.namespace()).isEqualTo(FanOutConfig.DEFAULT_NAMESPACE);
    Map<MinuteCounts.Dimension, Map<String, Long>> byValue =
        Arrays.stream(MinuteCounts.Dimension.values())
            .collect(Collectors.toMap(dimension -> dimension, dimension -> Map.of("a", 1L)));
    try (LocalCloudWatch local = LocalCloudWatch.start(0, InstantSource.fixed(NOW), new Random(1));
        CloudWatchClient client = client(local)) {
      new CloudWatchMinutes(
              client, "Test", "logs", CALLS, InstantSource.fixed(NOW), ConsumerEvents.NONE)
          .send(List.of(new MinuteCounts(NOW, 1, byValue, 1, 1)), () -> false);
      assertThat(table.differences(local.values().stream().map(MetricName::of).toList())).isEmpty();
    }
  }

  private static MinuteCounts minute(Instant start, Map<String, Long> pages) {
    return new MinuteCounts(start, 5_050, Map.of(MinuteCounts.Dimension.PAGE, pages), 3, 1);
  }

  @Test
  void partsStayBelowTheBytesOfACall() {
    var large = new ArrayList<MetricDatum>();
    for (int i = 0; i < 2_500; i++) {
      large.add(
          MetricDatum.builder()
              .dimensions(Dimension.builder().name("Page").value("x".repeat(255)).build())
              .build());
    }
    List<List<MetricDatum>> parts = CloudWatchMinutes.parts(large);
    assertThat(parts).hasSizeGreaterThan(3).allMatch(part -> part.size() < 1_000);
    assertThat(parts.stream().flatMap(List::stream)).isEqualTo(large);
    assertThat(CloudWatchMinutes.parts(List.of())).isEmpty();
  }
}
