package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

class LocalDynamoDbTest {

  private static final String TABLE = "leases";

  private static LocalDynamoDb server;
  private static DynamoDbClient dynamoDb;
  private static DynamoDbStreamsClient streams;

  @BeforeAll
  static void start() {
    server = LocalDynamoDb.start(0);
    var credentials =
        StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "secret"));
    dynamoDb =
        DynamoDbClient.builder()
            .endpointOverride(server.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(credentials)
            .httpClient(UrlConnectionHttpClient.create())
            .build();
    streams =
        DynamoDbStreamsClient.builder()
            .endpointOverride(server.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(credentials)
            .httpClient(UrlConnectionHttpClient.create())
            .build();
    dynamoDb.createTable(
        table ->
            table
                .tableName(TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                    AttributeDefinition.builder()
                        .attributeName("leaseKey")
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .keySchema(
                    KeySchemaElement.builder()
                        .attributeName("leaseKey")
                        .keyType(KeyType.HASH)
                        .build())
                .streamSpecification(
                    stream -> stream.streamEnabled(true).streamViewType(StreamViewType.NEW_IMAGE)));
  }

  @AfterAll
  static void stop() throws Exception {
    dynamoDb.close();
    streams.close();
    server.close();
  }

  @Test
  void refusesASecondConditionalPutAndStreamsTheFirst() {
    Map<String, AttributeValue> lease =
        Map.of("leaseKey", AttributeValue.fromS("shardId-000000000000"));
    dynamoDb.putItem(
        put ->
            put.tableName(TABLE).item(lease).conditionExpression("attribute_not_exists(leaseKey)"));
    assertThatThrownBy(
            () ->
                dynamoDb.putItem(
                    put ->
                        put.tableName(TABLE)
                            .item(lease)
                            .conditionExpression("attribute_not_exists(leaseKey)")))
        .isInstanceOf(ConditionalCheckFailedException.class);

    String stream =
        dynamoDb.describeTable(table -> table.tableName(TABLE)).table().latestStreamArn();
    String shard =
        streams
            .describeStream(describe -> describe.streamArn(stream))
            .streamDescription()
            .shards()
            .get(0)
            .shardId();
    String iterator =
        streams
            .getShardIterator(
                from ->
                    from.streamArn(stream)
                        .shardId(shard)
                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
            .shardIterator();
    assertThat(streams.getRecords(records -> records.shardIterator(iterator)).records())
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.eventName()).isEqualTo(OperationType.INSERT);
              assertThat(change.dynamodb().newImage()).isEqualTo(lease);
            });
  }

  @Test
  void listensOnLoopbackOnly() {
    assertThat(server.endpoint().getHost()).isEqualTo("127.0.0.1");
  }
}
