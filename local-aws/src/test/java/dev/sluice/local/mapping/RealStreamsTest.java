package dev.sluice.local.mapping;

import static dev.sluice.local.mapping.RecordingFunction.texts;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.local.EmbeddedAws;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** Mappings of the local Kinesis and of DynamoDB Local. */
class RealStreamsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static EmbeddedAws aws;
  private static KinesisClient kinesis;
  private static DynamoDbClient dynamoDb;
  private static DynamoDbStreamsClient streams;

  private final RecordingFunction function = new RecordingFunction();
  private final EventSourceMappings mappings =
      new EventSourceMappings(InstantSource.system(), new Random(1));

  @BeforeAll
  static void start() {
    aws = EmbeddedAws.start();
    kinesis =
        withAccount(KinesisClient.builder())
            .httpClient(UrlConnectionHttpClient.create())
            .endpointOverride(aws.kinesisEndpoint())
            .build();
    dynamoDb =
        withAccount(DynamoDbClient.builder())
            .httpClient(UrlConnectionHttpClient.create())
            .endpointOverride(aws.dynamoDbEndpoint())
            .build();
    streams =
        withAccount(DynamoDbStreamsClient.builder())
            .httpClient(UrlConnectionHttpClient.create())
            .endpointOverride(aws.dynamoDbEndpoint())
            .build();
  }

  private static <B extends AwsClientBuilder<B, ?>> B withAccount(B builder) {
    return builder
        .region(Region.of(aws.region()))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(aws.accessKeyId(), aws.secretAccessKey())));
  }

  @AfterAll
  static void stop() {
    streams.close();
    dynamoDb.close();
    kinesis.close();
    aws.close();
  }

  private static String stream(String name, int shards) {
    kinesis.createStream(create -> create.streamName(name).shardCount(shards));
    kinesis.waiter().waitUntilStreamExists(describe -> describe.streamName(name));
    return kinesis
        .describeStreamSummary(describe -> describe.streamName(name))
        .streamDescriptionSummary()
        .streamARN();
  }

  private static void put(String stream, String key, String data) {
    kinesis.putRecord(
        put -> put.streamName(stream).partitionKey(key).data(SdkBytes.fromUtf8String(data)));
  }

  /** Polls until it is so: the services make what is put readable a moment later. */
  private static void pollUntil(EventSourceMapping mapping, BooleanSupplier so) {
    Instant end = Instant.now().plus(PATIENCE);
    while (!so.getAsBoolean()) {
      mapping.poll();
      assertThat(Instant.now()).isBefore(end);
    }
  }

  @Test
  void aKinesisRecordLooksAsInTheDocumentation() {
    String arn = stream("documented", 1);
    put("documented", "key \"1\"", "Hello, \ud83e\udd80");
    EventSourceMapping mapping =
        mappings.ofKinesis(
            kinesis,
            arn,
            StreamMappingOptions.from(StartingPosition.TRIM_HORIZON),
            function,
            MappingListener.NONE);
    pollUntil(mapping, () -> mapping.counts().succeeded() == 1);
    JsonNode record = function.lastEvent().at("/Records/0");
    var members = new ArrayList<String>();
    record.fieldNames().forEachRemaining(members::add);
    assertThat(members)
        .containsExactly(
            "kinesis",
            "eventSource",
            "eventVersion",
            "eventID",
            "eventName",
            "invokeIdentityArn",
            "awsRegion",
            "eventSourceARN");
    JsonNode data = record.path("kinesis");
    String number = data.path("sequenceNumber").textValue();
    assertThat(data.path("kinesisSchemaVersion").textValue()).isEqualTo("1.0");
    assertThat(data.path("partitionKey").textValue()).isEqualTo("key \"1\"");
    assertThat(number).matches("\\d{56}");
    assertThat(java.util.Base64.getDecoder().decode(data.path("data").textValue()))
        .isEqualTo("Hello, \ud83e\udd80".getBytes(UTF_8));
    assertThat(data.path("approximateArrivalTimestamp").decimalValue().toPlainString())
        .matches("\\d{10}(\\.\\d{1,3})?"); // seconds, whatever zeros the reader drops
    assertThat(record.path("eventID").textValue()).isEqualTo("shardId-000000000000:" + number);
    assertThat(record.path("eventName").textValue()).isEqualTo("aws:kinesis:record");
    assertThat(record.path("eventSourceARN").textValue()).isEqualTo(arn);
  }

  @Test
  void everyRecordComesInOrderAcrossAReshard() {
    String arn = stream("resharded", 1);
    for (int i = 0; i < 20; i++) {
      put("resharded", "k" + i % 4, Integer.toString(i));
    }
    EventSourceMapping mapping =
        mappings.ofKinesis(
            kinesis,
            arn,
            StreamMappingOptions.from(StartingPosition.TRIM_HORIZON).withBatch(3, Duration.ZERO),
            function,
            MappingListener.NONE);
    kinesis.splitShard(
        split ->
            split
                .streamName("resharded")
                .shardToSplit("shardId-000000000000")
                .newStartingHashKey("170141183460469231731687303715884105728"));
    kinesis.waiter().waitUntilStreamExists(describe -> describe.streamName("resharded"));
    for (int i = 20; i < 40; i++) {
      put("resharded", "k" + i % 4, Integer.toString(i));
    }
    pollUntil(mapping, () -> mapping.counts().succeeded() == 40);
    for (int key = 0; key < 4; key++) {
      var values = new ArrayList<Integer>();
      for (JsonNode event : function.events()) {
        List<String> keys = texts(event, "/kinesis/partitionKey");
        List<String> data = texts(event, "/kinesis/data");
        for (int i = 0; i < keys.size(); i++) {
          if (keys.get(i).equals("k" + key)) {
            values.add(
                Integer.valueOf(
                    new String(java.util.Base64.getDecoder().decode(data.get(i)), UTF_8)));
          }
        }
      }
      assertThat(values).hasSize(10).isSorted();
    }
  }

  @Test
  void latestAndATimestampBeginWhereTheySay() {
    String arn = stream("positions", 1);
    put("positions", "k", "before");
    EventSourceMapping latest =
        mappings.ofKinesis(
            kinesis,
            arn,
            StreamMappingOptions.from(StartingPosition.LATEST),
            function,
            MappingListener.NONE);
    put("positions", "k", "after");
    pollUntil(latest, () -> latest.counts().succeeded() == 1);
    assertThat(texts(function.lastEvent(), "/kinesis/data")).containsExactly("YWZ0ZXI=");
    EventSourceMapping timestamp =
        mappings.ofKinesis(
            kinesis,
            arn,
            StreamMappingOptions.from(StartingPosition.atTimestamp(Instant.EPOCH)),
            function,
            MappingListener.NONE);
    pollUntil(timestamp, () -> timestamp.counts().succeeded() == 2);
  }

  @Test
  void aChangeOfAnItemLooksAsInTheDocumentation() {
    String arn = table("Documented");
    Map<String, AttributeValue> item =
        Map.of(
            "Id", AttributeValue.fromN("101"),
            "all",
                AttributeValue.fromM(
                    Map.of(
                        "s", AttributeValue.fromS("New item! \ud83e\udd80"),
                        "b", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {1, 2})),
                        "bool", AttributeValue.fromBool(true),
                        "null", AttributeValue.fromNul(true),
                        "ss", AttributeValue.fromSs(List.of("x")),
                        "ns", AttributeValue.fromNs(List.of("1.5")),
                        "bs",
                            AttributeValue.fromBs(List.of(SdkBytes.fromByteArray(new byte[] {3}))),
                        "l",
                            AttributeValue.fromL(
                                List.of(AttributeValue.fromN("1"), AttributeValue.fromS(""))))));
    dynamoDb.putItem(put -> put.tableName("Documented").item(item));
    dynamoDb.deleteItem(
        delete -> delete.tableName("Documented").key(Map.of("Id", AttributeValue.fromN("101"))));
    EventSourceMapping mapping =
        mappings.ofDynamoDb(
            streams,
            arn,
            StreamMappingOptions.from(StartingPosition.TRIM_HORIZON).withBatch(1, Duration.ZERO),
            function,
            MappingListener.NONE);
    pollUntil(mapping, () -> mapping.counts().succeeded() == 2);
    JsonNode record = function.events().get(0).at("/Records/0");
    var members = new ArrayList<String>();
    record.fieldNames().forEachRemaining(members::add);
    assertThat(members)
        .containsExactly(
            "eventID",
            "eventName",
            "eventVersion",
            "eventSource",
            "awsRegion",
            "dynamodb",
            "eventSourceARN");
    assertThat(record.path("eventName").textValue()).isEqualTo("INSERT");
    assertThat(record.path("eventSource").textValue()).isEqualTo("aws:dynamodb");
    assertThat(record.path("eventSourceARN").textValue()).isEqualTo(arn);
    JsonNode change = record.path("dynamodb");
    assertThat(change.path("Keys").toString()).isEqualTo("{\"Id\":{\"N\":\"101\"}}");
    assertThat(change.path("ApproximateCreationDateTime").isIntegralNumber()).isTrue();
    assertThat(change.path("SequenceNumber").textValue()).matches("\\d+");
    assertThat(change.path("SizeBytes").isIntegralNumber()).isTrue();
    assertThat(change.path("StreamViewType").textValue()).isEqualTo("NEW_AND_OLD_IMAGES");
    assertThat(change.has("OldImage")).isFalse();
    JsonNode all = change.at("/NewImage/all/M");
    assertThat(all.at("/s/S").textValue()).isEqualTo("New item! \ud83e\udd80");
    assertThat(all.at("/b/B").textValue()).isEqualTo("AQI=");
    assertThat(all.at("/bool/BOOL").toString()).isEqualTo("true");
    assertThat(all.at("/null/NULL").toString()).isEqualTo("true");
    assertThat(all.at("/ss/SS").toString()).isEqualTo("[\"x\"]");
    assertThat(all.at("/ns/NS").toString()).isEqualTo("[\"1.5\"]");
    assertThat(all.at("/bs/BS").toString()).isEqualTo("[\"Aw==\"]");
    assertThat(all.at("/l/L").toString()).isEqualTo("[{\"N\":\"1\"},{\"S\":\"\"}]");
    JsonNode removed = function.events().get(1).at("/Records/0");
    assertThat(removed.path("eventName").textValue()).isEqualTo("REMOVE");
    assertThat(removed.at("/dynamodb/OldImage/Id/N").textValue()).isEqualTo("101");
    assertThat(removed.path("dynamodb").has("NewImage")).isFalse();
  }

  @Test
  void dynamoDbStreamsHaveNoTimestampToBeginAt() {
    String arn = table("NoTimestamp");
    assertThatThrownBy(
            () ->
                mappings.ofDynamoDb(
                    streams,
                    arn,
                    StreamMappingOptions.from(StartingPosition.atTimestamp(Instant.EPOCH)),
                    function,
                    MappingListener.NONE))
        .hasMessageContaining("AT_TIMESTAMP");
  }

  private static String table(String name) {
    return dynamoDb
        .createTable(
            create ->
                create
                    .tableName(name)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .keySchema(
                        KeySchemaElement.builder()
                            .attributeName("Id")
                            .keyType(KeyType.HASH)
                            .build())
                    .attributeDefinitions(
                        AttributeDefinition.builder()
                            .attributeName("Id")
                            .attributeType(ScalarAttributeType.N)
                            .build())
                    .streamSpecification(
                        stream ->
                            stream
                                .streamEnabled(true)
                                .streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)))
        .tableDescription()
        .latestStreamArn();
  }
}
