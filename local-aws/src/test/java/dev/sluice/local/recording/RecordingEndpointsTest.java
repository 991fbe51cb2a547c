package dev.sluice.local.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.local.kinesis.ManualClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.InvalidParameterValueException;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.InvalidParameterException;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.NotFoundException;

/** SNS and CloudWatch as the AWS SDK calls them. */
class RecordingEndpointsTest {
  private static final StaticCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));

  private final ManualClock clock = new ManualClock();
  private final LocalSns localSns = LocalSns.start(0, clock, new Random(1));
  private final LocalCloudWatch localCloudWatch = LocalCloudWatch.start(0, clock, new Random(2));
  private final SnsClient sns =
      SnsClient.builder()
          .endpointOverride(localSns.endpoint())
          .region(Region.US_EAST_1)
          .credentialsProvider(CREDENTIALS)
          .httpClient(UrlConnectionHttpClient.create())
          .build();
  private final CloudWatchClient cloudWatch =
      CloudWatchClient.builder()
          .endpointOverride(localCloudWatch.endpoint())
          .region(Region.US_EAST_1)
          .credentialsProvider(CREDENTIALS)
          .httpClient(UrlConnectionHttpClient.create())
          .build();

  @AfterEach
  void close() {
    sns.close();
    cloudWatch.close();
    localSns.close();
    localCloudWatch.close();
  }

  private void put(MetricDatum... data) {
    cloudWatch.putMetricData(request -> request.namespace("Sluice").metricData(data));
  }

  @Test
  void remembersWhatIsPublished() {
    String topic = sns.createTopic(request -> request.name("alerts")).topicArn();
    assertThat(topic).isEqualTo("arn:aws:sns:us-east-1:000000000000:alerts");
    assertThat(sns.createTopic(request -> request.name("alerts")).topicArn()).isEqualTo(topic);
    String text = "errors < 5 % & rising\n\u00fc";

    String id =
        sns.publish(
                request ->
                    request
                        .topicArn(topic)
                        .subject("error rate")
                        .message(text)
                        .messageAttributes(
                            Map.of(
                                "state",
                                MessageAttributeValue.builder()
                                    .dataType("String")
                                    .stringValue("ALARM")
                                    .build())))
            .messageId();

    assertThat(localSns.messages())
        .containsExactly(
            new SnsMessage(
                id, topic, "error rate", text, Map.of("state", "ALARM"), clock.instant()));
    localSns.clear();
    assertThat(localSns.messages()).isEmpty();
  }

  @Test
  void refusesToPublishWhatTheServiceRefuses() {
    String topic = sns.createTopic(request -> request.name("alerts")).topicArn();
    assertThatThrownBy(
            () -> sns.publish(request -> request.topicArn(topic + "-other").message("m")))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("Topic does not exist");
    for (String message : List.of("", "m".repeat(256 * 1024 + 1))) {
      assertThatThrownBy(() -> sns.publish(request -> request.topicArn(topic).message(message)))
          .isInstanceOf(InvalidParameterException.class);
    }
    assertThatThrownBy(
            () ->
                sns.publish(
                    request -> request.topicArn(topic).message("m").subject("s".repeat(101))))
        .isInstanceOf(InvalidParameterException.class);
    assertThatThrownBy(() -> sns.createTopic(request -> request.name("no spaces")))
        .isInstanceOf(InvalidParameterException.class);
    assertThat(localSns.messages()).isEmpty();
  }

  @Test
  void remembersMetrics() {
    Instant moment = Instant.parse("2026-11-21T12:00:00Z");
    put(
        MetricDatum.builder()
            .metricName("lines")
            .dimensions(
                Dimension.builder().name("status_class").value("5xx").build(),
                Dimension.builder().name("country").value("France").build())
            .value(7.0)
            .unit(StandardUnit.COUNT)
            .timestamp(moment)
            .build(),
        MetricDatum.builder().metricName("times").values(1.0, 4.0).counts(3.0, 2.0).build(),
        MetricDatum.builder()
            .metricName("sizes")
            .statisticValues(set -> set.sampleCount(4.0).sum(10.0).minimum(1.0).maximum(5.0))
            .build());

    assertThat(localCloudWatch.values())
        .containsExactly(
            new MetricValue(
                "Sluice",
                "lines",
                Map.of("status_class", "5xx", "country", "France"),
                1,
                7,
                7,
                7,
                "Count",
                moment),
            new MetricValue("Sluice", "times", Map.of(), 5, 11, 1, 4, "None", clock.instant()),
            new MetricValue("Sluice", "sizes", Map.of(), 4, 10, 1, 5, "None", clock.instant()));
  }

  /** From 10 KB on the SDK packs requests. */
  @Test
  void takesAThousandElementsAtOnceAndNoMore() {
    MetricDatum datum = MetricDatum.builder().metricName("lines").value(1.0).build();
    put(Collections.nCopies(1_000, datum).toArray(MetricDatum[]::new));
    assertThat(localCloudWatch.values()).hasSize(1_000);

    assertThatThrownBy(() -> put(Collections.nCopies(1_001, datum).toArray(MetricDatum[]::new)))
        .isInstanceOf(InvalidParameterValueException.class);
    assertThat(localCloudWatch.values()).hasSize(1_000);
  }

  @Test
  void refusesARequestWithOneWrongElementAsAWhole() {
    MetricDatum good = MetricDatum.builder().metricName("lines").value(1.0).build();
    MetricDatum none = MetricDatum.builder().metricName("lines").build();
    MetricDatum counts =
        MetricDatum.builder().metricName("lines").values(1.0, 2.0).counts(1.0).build();
    for (MetricDatum wrong : List.of(none, counts)) {
      assertThatThrownBy(() -> put(good, wrong))
          .isInstanceOf(CloudWatchException.class)
          .hasMessageContaining("MetricData.member.2");
    }
    assertThatThrownBy(
            () ->
                cloudWatch.putMetricData(
                    request -> request.namespace("AWS/Lambda").metricData(good)))
        .isInstanceOf(InvalidParameterValueException.class);
    assertThat(localCloudWatch.values()).isEmpty();
  }

  @Test
  void refusesWhatIsNoRequest() throws Exception {
    for (URI endpoint : List.of(localSns.endpoint(), localCloudWatch.endpoint())) {
      assertThat(call(endpoint, "Action=Nonsense")).contains("<Code>InvalidAction</Code>");
      assertThat(call(endpoint, "")).contains("<Code>MissingAction</Code>");
      assertThat(call(endpoint, "Action=%zz")).contains("<Code>MalformedQueryString</Code>");
    }
  }

  private static String call(URI endpoint, String body) throws Exception {
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(endpoint)
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(400);
    return response.body();
  }
}
