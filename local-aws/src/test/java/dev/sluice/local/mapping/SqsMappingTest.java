package dev.sluice.local.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.local.AwsService;
import dev.sluice.local.EmbeddedAws;
import dev.sluice.local.EmbeddedAwsOptions;
import dev.sluice.local.kinesis.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A real queue, step by step; visibility timeouts of 0 s bring failed messages back at once. */
class SqsMappingTest {
  private static EmbeddedAws aws;
  private static SqsClient sqs;

  private final ManualClock clock = new ManualClock();
  private final EventSourceMappings mappings = new EventSourceMappings(clock, new Random(1));
  private final RecordingFunction function = new RecordingFunction();

  @BeforeAll
  static void start() {
    aws = EmbeddedAws.start(EmbeddedAwsOptions.defaults().withSqs(true));
    sqs =
        SqsClient.builder()
            .endpointOverride(aws.endpoint(AwsService.SQS))
            .region(Region.of(aws.region()))
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(aws.accessKeyId(), aws.secretAccessKey())))
            .httpClient(UrlConnectionHttpClient.create())
            .build();
  }

  @AfterAll
  static void stop() {
    sqs.close();
    aws.close();
  }

  private static String queue(String name, Map<QueueAttributeName, String> attributes) {
    return sqs.createQueue(queue -> queue.queueName(name).attributes(attributes)).queueUrl();
  }

  private static String queue(String name, String visibilityTimeoutSeconds) {
    return queue(name, Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, visibilityTimeoutSeconds));
  }

  private static String name(TestInfo test) {
    return test.getTestMethod().orElseThrow().getName();
  }

  private static void send(String url, String... bodies) {
    for (String body : bodies) {
      sqs.sendMessage(message -> message.queueUrl(url).messageBody(body));
    }
  }

  private EventSourceMapping mapping(SqsMappingOptions options) {
    return mappings.ofQueue(sqs, options, function, MappingListener.NONE);
  }

  private static int messages(String url) {
    Map<QueueAttributeName, String> attributes =
        sqs.getQueueAttributes(get -> get.queueUrl(url).attributeNames(QueueAttributeName.ALL))
            .attributes();
    return Integer.parseInt(attributes.get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
        + Integer.parseInt(
            attributes.get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE));
  }

  private static List<String> bodies(JsonNode event) {
    return RecordingFunction.texts(event, "/body");
  }

  @Test
  void aMessageLooksAsInTheDocumentation(TestInfo test) {
    String url = queue(name(test), "30");
    sqs.sendMessage(
        message ->
            message
                .queueUrl(url)
                .messageBody("{\n \"a\": \"\ud83e\udd80 \u2028\"\n}")
                .messageAttributes(
                    Map.of(
                        "kind",
                        MessageAttributeValue.builder().dataType("String").stringValue("x").build(),
                        "raw",
                        MessageAttributeValue.builder()
                            .dataType("Binary")
                            .binaryValue(SdkBytes.fromByteArray(new byte[] {1, 2}))
                            .build())));
    EventSourceMapping mapping = mapping(SqsMappingOptions.of(url));
    assertThat(mapping.poll()).isTrue();
    JsonNode record = function.lastEvent().at("/Records/0");
    assertThat(record.path("body").textValue()).isEqualTo("{\n \"a\": \"\ud83e\udd80 \u2028\"\n}");
    assertThat(record.path("eventSource").textValue()).isEqualTo("aws:sqs");
    assertThat(record.path("eventSourceARN").textValue())
        .isEqualTo("arn:aws:sqs:us-east-1:000000000000:" + name(test));
    assertThat(record.path("awsRegion").textValue()).isEqualTo("us-east-1");
    assertThat(record.path("messageId").textValue()).isNotEmpty();
    assertThat(record.path("receiptHandle").textValue()).isNotEmpty();
    assertThat(record.path("md5OfBody").textValue()).hasSize(32);
    assertThat(record.at("/attributes/ApproximateReceiveCount").textValue()).isEqualTo("1");
    assertThat(record.at("/attributes/SentTimestamp").textValue()).matches("\\d{13}");
    assertThat(record.at("/attributes/ApproximateFirstReceiveTimestamp").textValue())
        .matches("\\d{13}");
    assertThat(record.at("/attributes/SenderId").textValue()).isNotEmpty();
    assertThat(record.at("/messageAttributes/kind").toString())
        .isEqualTo(
            "{\"stringValue\":\"x\",\"stringListValues\":[],\"binaryListValues\":[],\"dataType\":\"String\"}");
    assertThat(record.at("/messageAttributes/raw/binaryValue").textValue()).isEqualTo("AQI=");
    assertThat(messages(url)).isZero();
  }

  @Test
  void takesNoMoreThanABatchAndDeletesIt(TestInfo test) {
    String url = queue(name(test), "30");
    send(url, "1", "2", "3", "4", "5");
    EventSourceMapping mapping = mapping(SqsMappingOptions.of(url).withBatch(2, Duration.ZERO));
    while (mapping.poll()) {}
    assertThat(function.events())
        .extracting(event -> bodies(event).size())
        .containsExactly(2, 2, 1);
    assertThat(messages(url)).isZero();
    assertThat(mapping.counts()).isEqualTo(new MappingCounts(5, 3, 0, 5, 0, 0, 0, 0, 0));
  }

  @Test
  void aLargeBatchWaitsForItsWindow(TestInfo test) {
    String url = queue(name(test), "300");
    EventSourceMapping mapping =
        mapping(SqsMappingOptions.of(url).withBatch(25, Duration.ofSeconds(20)));
    for (int i = 0; i < 12; i++) {
      send(url, "m" + i);
    }
    assertThat(mapping.poll()).isFalse();
    clock.advance(Duration.ofSeconds(19));
    assertThat(mapping.poll()).isFalse();
    send(url, "late");
    clock.advance(Duration.ofSeconds(1));
    assertThat(mapping.poll()).isTrue();
    assertThat(bodies(function.lastEvent())).hasSize(13).contains("late");
  }

  @Test
  void anEventStaysBelowTheLimitOfLambda(TestInfo test) {
    String url = queue(name(test), "300");
    String body = "\\".repeat(250_000); // twice as long in JSON
    for (int i = 0; i < 20; i++) {
      send(url, body);
    }
    EventSourceMapping mapping =
        mapping(SqsMappingOptions.of(url).withBatch(20, Duration.ofSeconds(1)));
    assertThat(mapping.poll()).isTrue();
    assertThat(mapping.poll()).isFalse(); // a new window has begun
    clock.advance(Duration.ofSeconds(1));
    assertThat(mapping.poll()).isTrue();
    assertThat(function.events()).extracting(event -> bodies(event).size()).containsExactly(12, 8);
    assertThat(messages(url)).isZero();
  }

  @Test
  void onlyWhatSucceedsIsDeletedAndPoisonEndsInTheDeadLetterQueue(TestInfo test) {
    String dead = queue(name(test) + "-dead", "30");
    String url =
        queue(
            name(test),
            Map.of(
                QueueAttributeName.VISIBILITY_TIMEOUT,
                "0",
                QueueAttributeName.REDRIVE_POLICY,
                "{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:"
                    + name(test)
                    + "-dead\",\"maxReceiveCount\":\"5\"}"));
    send(url, "good", "poison", "fine");
    function.answers(
        event -> {
          var failed = new ArrayList<String>();
          event
              .path("Records")
              .forEach(
                  each -> {
                    if (each.path("body").asText().equals("poison")) {
                      failed.add(each.path("messageId").asText());
                    }
                  });
          return RecordingFunction.failing(failed);
        });
    // One message at a time: with a visibility timeout of 0 a larger batch would not end.
    EventSourceMapping mapping =
        mapping(
            SqsMappingOptions.of(url)
                .withBatch(1, Duration.ZERO)
                .withReportBatchItemFailures(true));
    while (mapping.poll()) {}
    assertThat(function.events().stream().filter(event -> bodies(event).contains("poison")))
        .hasSize(5);
    assertThat(messages(url)).isZero();
    assertThat(
            sqs.receiveMessage(receive -> receive.queueUrl(dead).maxNumberOfMessages(10))
                .messages())
        .singleElement()
        .satisfies(message -> assertThat(message.body()).isEqualTo("poison"));
    assertThat(mapping.counts()).isEqualTo(new MappingCounts(7, 7, 5, 2, 5, 0, 0, 0, 0));
  }

  @Test
  void aFailedInvocationDeletesNothing(TestInfo test) {
    String url = queue(name(test), "300");
    send(url, "1", "2");
    function.answers(event -> RecordingFunction.error());
    EventSourceMapping mapping =
        mapping(SqsMappingOptions.of(url).withReportBatchItemFailures(true));
    assertThat(mapping.poll()).isTrue();
    assertThat(mapping.poll()).isFalse(); // they are invisible
    assertThat(messages(url)).isEqualTo(2);
    assertThat(mapping.counts()).isEqualTo(new MappingCounts(2, 1, 1, 0, 2, 0, 0, 0, 0));
  }

  @Test
  void aFunctionThatCannotBeInvokedDeletesNothing(TestInfo test) {
    String url = queue(name(test), "300");
    send(url, "1");
    function.answers(
        event -> {
          throw new IllegalStateException("throttled");
        });
    EventSourceMapping mapping = mapping(SqsMappingOptions.of(url));
    assertThatThrownBy(mapping::poll).hasMessage("throttled");
    assertThat(messages(url)).isEqualTo(1);
  }

  @Test
  void withoutReportsTheAnswerIsNotRead(TestInfo test) {
    String url = queue(name(test), "300");
    send(url, "1");
    function.answers(event -> RecordingFunction.failing(List.of("x")));
    assertThat(mapping(SqsMappingOptions.of(url)).poll()).isTrue();
    assertThat(messages(url)).isZero();
  }

  @Test
  void aMappingThatIsClosedInvokesNothingAnyMore(TestInfo test) {
    String url = queue(name(test), "300");
    EventSourceMapping mapping = mapping(SqsMappingOptions.of(url)).start();
    mapping.close();
    send(url, "1");
    assertThat(mapping.poll()).isFalse();
    assertThat(function.events()).isEmpty();
    assertThat(messages(url)).isEqualTo(1);
  }

  @Test
  void optionsHaveTheBoundsOfTheService() {
    SqsMappingOptions options = SqsMappingOptions.of("http://q");
    assertThatThrownBy(() -> options.withBatch(11, Duration.ZERO)).hasMessageContaining("above 10");
    assertThatThrownBy(() -> options.withBatch(0, Duration.ZERO)).hasMessageContaining("batchSize");
    assertThatThrownBy(() -> options.withBatch(10_001, Duration.ofSeconds(1)))
        .hasMessageContaining("batchSize");
    assertThatThrownBy(() -> options.withBatch(10, Duration.ofSeconds(301)))
        .hasMessageContaining("batchingWindow");
  }
}
