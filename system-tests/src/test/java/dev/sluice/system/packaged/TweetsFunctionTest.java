package dev.sluice.system.packaged;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.EmbeddedAws;
import dev.sluice.local.EmbeddedAwsOptions;
import dev.sluice.local.lambda.LambdaAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** The packaged function for tweets, against a table and a bucket. */
class TweetsFunctionTest {
  private static final Path ZIP =
      Path.of("..", "functions", "tweets", "target", "functions-tweets.zip");
  private static final long MAX_ZIP_BYTES = 25L << 20;
  private static final String TABLE = "Tweets";
  private static final String BUCKET = "tweet-media";

  /** Of no host that may be asked: a look-up of it would leave this machine. */
  private static final String PHOTO = "https://photos.example/media/a.jpg";

  private static final String VERSION_1 =
      """
      {"created_at":"Wed Oct 10 20:19:24 +0000 2018","id":1050118621198921728,\
      "id_str":"1050118621198921728","text":"Fish &amp; chips \\ud83d\\ude00",\
      "user":{"id":6253282,"id_str":"6253282","screen_name":"somebody"},\
      "extended_entities":{"media":[{"id_str":"1050118612345678901","type":"photo",\
      "media_url_https":"%s"}]}}"""
          .formatted(PHOTO);

  private static final String VERSION_2 =
      """
      {"data":{"id":"1652970000000000001","text":"a &lt; b","author_id":"7",\
      "created_at":"2023-05-01T12:00:00.000Z"},\
      "includes":{"users":[{"id":"7","username":"else"}]}}""";

  @Test
  void storesWhatTheMissionNames() throws IOException {
    try (var aws = EmbeddedAws.start(EmbeddedAwsOptions.defaults().withSqs(true));
        var tools = new AwsTools(aws);
        SqsClient sqs = AwsTools.sqs(aws);
        DynamoDbClient dynamoDb = AwsTools.dynamoDb(aws)) {
      createTable(dynamoDb);
      tools.createBucket(BUCKET);
      var environment = new HashMap<String, String>(aws.environment());
      environment.put("TWEET_TABLE", TABLE);
      environment.put("MEDIA_BUCKET", BUCKET);
      String queue = sqs.createQueue(create -> create.queueName("malformed")).queueUrl();
      environment.put("DEAD_LETTER_QUEUE_URL", queue);
      String removed = "{\"delete\":{\"status\":{\"id_str\":\"42\"}}}";
      String late = "{\"id_str\":\"42\",\"text\":\"never seen\"}";
      String event =
          event(List.of(VERSION_1, "canary-91a7", removed, "\r\n", VERSION_2, VERSION_1, late));
      try (var function =
          PackagedFunction.start(
              "functions/tweets",
              ZIP,
              "dev.sluice.tweets.TweetsHandler::handleRequest",
              environment)) {
        for (int i = 0; i < 2; i++) {
          LambdaAnswer answer = function.invoke(event.getBytes(UTF_8));
          assertThat(answer.succeeded()).as(answer.text()).isTrue();
          assertThat(answer.text()).isEqualTo("{\"batchItemFailures\":[]}");
        }
        assertThat(function.lambda().counts().errors()).isZero();
        Awaitility.await()
            .until(
                () ->
                    function.log().stream().filter(line -> line.contains("tweets_stored")).count()
                        == 2);
        assertThat(function.log().toString())
            .contains("\"photos_refused_url\":1", "\"messages_malformed\":1")
            .doesNotContain("canary-91a7", "Fish", "never seen", "photos.example");
      }
      List<Message> letters =
          sqs.receiveMessage(receive -> receive.queueUrl(queue).maxNumberOfMessages(10)).messages();
      assertThat(letters).hasSize(2); // the event came twice
      assertThat(letters.get(0).body())
          .contains("\"reason\":\"NOT_JSON\"", "\"sequence_number\":\"101\"")
          .contains(Base64.getEncoder().encodeToString("canary-91a7".getBytes(UTF_8)));
      assertThat(
              dynamoDb.scan(scan -> scan.tableName(TABLE)).items().stream()
                  .collect(Collectors.toMap(item -> item.get("tweet_id").s(), item -> item)))
          .isEqualTo(
              Map.of(
                  "1050118621198921728",
                  texts(
                      Map.of(
                          "tweet_id", "1050118621198921728",
                          "text", "Fish & chips \uD83D\uDE00",
                          "created_at", "2018-10-10T20:19:24Z",
                          "photo_url", PHOTO,
                          "photo_media_id", "1050118612345678901",
                          "author_id", "6253282",
                          "author_user_name", "somebody")),
                  "1652970000000000001",
                  texts(
                      Map.of(
                          "tweet_id", "1652970000000000001",
                          "text", "a < b",
                          "created_at", "2023-05-01T12:00:00Z",
                          "author_id", "7",
                          "author_user_name", "else")),
                  "42",
                  Map.of(
                      "tweet_id",
                      AttributeValue.fromS("42"),
                      "deleted",
                      AttributeValue.fromBool(true))));
    }
    assertThat(Files.size(ZIP)).isLessThan(MAX_ZIP_BYTES);
  }

  private static Map<String, AttributeValue> texts(Map<String, String> attributes) {
    return attributes.entrySet().stream()
        .collect(
            Collectors.toMap(Map.Entry::getKey, entry -> AttributeValue.fromS(entry.getValue())));
  }

  private static String event(List<String> messages) {
    var number = new int[] {100};
    return messages.stream()
        .map(
            message ->
                """
                {"kinesis":{"kinesisSchemaVersion":"1.0","partitionKey":"1","sequenceNumber":"%d",\
                "data":"%s","approximateArrivalTimestamp":1545084650.987},\
                "eventSource":"aws:kinesis","eventVersion":"1.0","eventName":"aws:kinesis:record",\
                "eventID":"shardId-000000000006:1","awsRegion":"us-east-2",\
                "eventSourceARN":"arn:aws:kinesis:us-east-2:123456789012:stream/tweets"}"""
                    .formatted(
                        number[0]++, Base64.getEncoder().encodeToString(message.getBytes(UTF_8))))
        .collect(Collectors.joining(",", "{\"Records\":[", "]}"));
  }

  private static void createTable(DynamoDbClient dynamoDb) {
    dynamoDb.createTable(
        create ->
            create
                .tableName(TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(
                    KeySchemaElement.builder()
                        .attributeName("tweet_id")
                        .keyType(KeyType.HASH)
                        .build())
                .attributeDefinitions(
                    AttributeDefinition.builder()
                        .attributeName("tweet_id")
                        .attributeType(ScalarAttributeType.S)
                        .build()));
  }
}
