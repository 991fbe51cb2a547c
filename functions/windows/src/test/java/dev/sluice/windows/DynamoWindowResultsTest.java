package dev.sluice.windows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.EmbeddedAws;
import dev.sluice.windows.WindowResults.Counts;
import dev.sluice.windows.WindowResults.Progress;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
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
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** The items that results become. */
class DynamoWindowResultsTest {
  private static final String TABLE = "results";
  private static final WindowKey WINDOW = new WindowKey("w1", "w2", "shard-1");
  private static final Instant NOW = Instant.parse("2026-03-01T11:00:00Z");

  private static EmbeddedAws aws;
  private static DynamoDbClient client;

  private final DynamoWindowResults results =
      new DynamoWindowResults(client, TABLE, InstantSource.fixed(NOW), Duration.ofDays(2));

  @BeforeAll
  static void start() {
    aws = EmbeddedAws.start();
    client =
        DynamoDbClient.builder()
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .endpointOverride(aws.dynamoDbEndpoint())
            .region(Region.of(aws.region()))
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(aws.accessKeyId(), aws.secretAccessKey())))
            .build();
    client.createTable(
        create ->
            create
                .tableName(TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(key("Window", KeyType.HASH), key("Part", KeyType.RANGE))
                .attributeDefinitions(text("Window"), text("Part")));
  }

  @AfterAll
  static void stop() {
    client.close();
    aws.close();
  }

  @Test
  void progressIsReplacedUnlessSomebodyElseHasReplacedIt() {
    assertThat(results.progress(WINDOW)).isEqualTo(Progress.NONE);
    var one = new Progress("7", "", Map.of(ChangeKind.INSERT, 2L));
    assertThat(results.advance(WINDOW, Progress.NONE, one)).isTrue();
    assertThat(results.progress(WINDOW)).isEqualTo(one);
    assertThat(results.advance(WINDOW, Progress.NONE, one)).isFalse();
    var two = new Progress("9", "9", Map.of(ChangeKind.INSERT, 2L, ChangeKind.OTHER, 1L));
    assertThat(results.advance(WINDOW, new Progress("7", "3", Map.of()), two)).isFalse();
    assertThat(results.advance(WINDOW, one, two)).isTrue();
    assertThat(results.progress(WINDOW)).isEqualTo(two);
  }

  @Test
  void aWindowsResultIsOneItemWithItsPartsBesideIt() {
    var window = new WindowKey("w2", "w3", "shard-2");
    results.advance(window, Progress.NONE, new Progress("7", "", Map.of(ChangeKind.REMOVE, 3L)));
    results.putPart(window, "", 1, Map.of("a", BigInteger.ONE));
    results.end(window, new Counts(1, Map.of("b", BigInteger.TWO)));
    results.endEarly(window, "5", new Counts(0, Map.of("c", BigInteger.TEN)));
    List<Map<String, AttributeValue>> items =
        client
            .query(
                query ->
                    query
                        .tableName(TABLE)
                        .keyConditionExpression("#w = :w")
                        .expressionAttributeNames(Map.of("#w", "Window"))
                        .expressionAttributeValues(Map.of(":w", AttributeValue.fromS("w2/w3"))))
            .items();
    assertThat(items)
        .extracting(item -> item.get("Part").s() + " " + item.get("State").s())
        .containsExactly(
            "shard-2 ENDED", "shard-2#early#5 ENDED_EARLY", "shard-2#part##000001 PART");
    Map<String, AttributeValue> result = items.get(0);
    assertThat(result.get("Counts").m().get("b").n()).isEqualTo("2");
    assertThat(result.get("Parts").n()).isEqualTo("1");
    assertThat(result.get("Removals").n()).isEqualTo("3");
    String expiry = Long.toString(NOW.plus(Duration.ofDays(2)).getEpochSecond());
    assertThat(items).allSatisfy(item -> assertThat(item.get("ExpiresAt").n()).isEqualTo(expiry));
  }

  @Test
  void theLargestMapFitsAnItem() {
    var counts = new LinkedHashMap<String, BigInteger>();
    for (int i = 0; i < 20_000; i++) {
      counts.put("item-" + i, BigInteger.valueOf(Long.MAX_VALUE));
    }
    List<Map<String, BigInteger>> parts = CountParts.of(counts);
    assertThat(parts).hasSizeBetween(2, 10);
    var window = new WindowKey("w3", "w4", "shard-1");
    var together = new LinkedHashMap<String, BigInteger>();
    for (int i = 0; i < parts.size(); i++) {
      results.putPart(window, "", i + 1, parts.get(i)); // DynamoDB Local refuses above 400 KB too
      together.putAll(parts.get(i));
    }
    assertThat(together).isEqualTo(counts);
    assertThat(CountParts.of(Map.of())).isEmpty();
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  private static AttributeDefinition text(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }
}
