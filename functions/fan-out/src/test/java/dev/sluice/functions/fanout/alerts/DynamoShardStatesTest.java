package dev.sluice.functions.fanout.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fanout.AlertDecider;
import dev.sluice.fanout.AlertSource;
import dev.sluice.fanout.FanOutSettings;
import dev.sluice.fanout.LineFacts;
import dev.sluice.functions.fanout.TestLines;
import dev.sluice.local.EmbeddedAws;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** The items that states become. */
class DynamoShardStatesTest {
  private static final String TABLE = "alert-states";
  private static final Instant NOW = Instant.parse("2026-03-01T11:00:00Z");
  private static final AlertMessage MESSAGE =
      new AlertMessage("id", "rule", "RAISED", "subject", "body \u00e9\n");

  private static EmbeddedAws aws;
  private static DynamoDbClient client;

  private final DynamoShardStates states =
      new DynamoShardStates(client, TABLE, InstantSource.fixed(NOW));

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
                .keySchema(
                    KeySchemaElement.builder().attributeName("Shard").keyType(KeyType.HASH).build())
                .attributeDefinitions(
                    AttributeDefinition.builder()
                        .attributeName("Shard")
                        .attributeType(ScalarAttributeType.S)
                        .build()));
  }

  @AfterAll
  static void stop() {
    client.close();
    aws.close();
  }

  @Test
  void aStateStandsUntilTheOneThatFollowsIt() {
    var shard = new ShardKey("app", "logs", "shardId-1");
    assertThat(states.read(shard).isSame(ShardState.NONE)).isTrue();
    ShardState one = ShardState.NONE.next("7", new byte[] {1, 2}, List.of(MESSAGE, MESSAGE));
    assertThat(states.replace(shard, ShardState.NONE, one)).isTrue();
    assertThat(states.read(shard).isSame(one)).isTrue();
    assertThat(states.replace(shard, ShardState.NONE, one)).isFalse();
    ShardState two = one.withUnsent(List.of());
    assertThat(states.replace(shard, one, two)).isTrue();
    assertThat(states.replace(shard, one, one.next("9", new byte[0], List.of()))).isFalse();
    assertThat(states.read(shard).isSame(two)).isTrue();
    assertThat(states.read(new ShardKey("app", "logs", "shardId-2")).revision()).isZero();
  }

  /** Every host that may be remembered, counted and told about at once, and all messages. */
  @Test
  void theLargestStateFitsAnItem() {
    var settings =
        TestLines.settings(
            "MODE",
            "alerts",
            "ALERT_TOPIC_ARN",
            "arn:aws:sns:us-east-1:123456789012:alerts",
            "ALERT_STATE_TABLE",
            TABLE,
            "ALERT_RULES",
            rules(),
            "EVENT_LATENESS",
            "10m");
    FanOutSettings decisions = settings.fanOut().decisions();
    assertThat(decisions.alertHosts()).isEqualTo(AlertBounds.MAX_HOSTS);
    var decider = new AlertDecider<Integer>(decisions, InstantSource.fixed(NOW), Duration.ZERO);
    AlertSource<Integer> source = decider.open();
    var random = new Random(20_261_122);
    long arrival = NOW.getEpochSecond();
    var hosts = new ArrayList<String>();
    for (int i = 0; i < AlertBounds.MAX_HOSTS; i++) {
      hosts.add(random.ints(64, '!', '~').mapToObj(Character::toString).reduce("", String::concat));
    }
    hosts.forEach(host -> decider.count(source, facts(arrival - 700, host), arrival, 0));
    decider.count(source, facts(arrival, null), arrival, 0);
    decider.decide();
    hosts.forEach(host -> decider.count(source, facts(arrival, host), arrival, 0));
    for (int second = 0; second < 900; second++) {
      decider.count(source, facts(arrival - 599 + second, null), arrival, 0);
    }
    var messages = new ArrayList<AlertMessage>();
    for (int i = 0; i < ShardDesk.MAX_UNSENT; i++) {
      var body = new StringBuilder();
      for (int line = 0; line < 20; line++) {
        body.append(hosts.get(random.nextInt(hosts.size()))).append(": 100.00 %, 12345 requests\n");
      }
      messages.add(new AlertMessage("id-" + i, "rule", "RAISED", "subject", body.toString()));
    }
    var shard = new ShardKey("app", "logs", "shardId-large");
    ShardState large = ShardState.NONE.next("7", decider.save(source), messages);
    assertThat(large.decider().length).isGreaterThan(200_000);
    assertThat(states.replace(shard, ShardState.NONE, large)).isTrue();
    assertThat(states.read(shard).isSame(large)).isTrue();
  }

  private static String rules() {
    var rules = new StringBuilder("each measure=request-rate above=0.01 scope=host window=10s");
    for (int i = 1; i < 50; i++) {
      rules.append("; r").append(i).append(" measure=error-rate above=5% window=10s");
    }
    return rules.toString();
  }

  private static LineFacts facts(long seconds, String host) {
    return new LineFacts(seconds, 500, false, host, null, null, null);
  }
}
