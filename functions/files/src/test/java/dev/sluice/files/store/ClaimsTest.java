package dev.sluice.files.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.files.store.Claims.Answer;
import dev.sluice.local.EmbeddedAws;
import java.time.Duration;
import java.time.Instant;
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

/** Who has an upload, and until when. */
class ClaimsTest {
  private static final String TABLE = "claims";
  private static final Duration RETENTION = Duration.ofDays(7);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static EmbeddedAws aws;
  private static DynamoDbClient dynamoDb;

  private Instant now = Instant.parse("2026-10-10T13:55:36Z");
  private final Claims claims = new Claims(dynamoDb, TABLE, RETENTION, () -> now);

  @BeforeAll
  static void start() {
    aws = EmbeddedAws.start();
    dynamoDb =
        DynamoDbClient.builder()
            .endpointOverride(aws.dynamoDbEndpoint())
            .region(Region.of(aws.region()))
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(aws.accessKeyId(), aws.secretAccessKey())))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
    dynamoDb.createTable(
        create ->
            create
                .tableName(TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(
                    KeySchemaElement.builder().attributeName("pk").keyType(KeyType.HASH).build())
                .attributeDefinitions(
                    AttributeDefinition.builder()
                        .attributeName("pk")
                        .attributeType(ScalarAttributeType.S)
                        .build()));
  }

  @AfterAll
  static void stop() {
    dynamoDb.close();
    aws.close();
  }

  @Test
  void oneHasItUntilItIsDone() {
    assertThat(claims.take("one", "a", MINUTE)).isEqualTo(Answer.TAKEN);
    assertThat(claims.take("one", "b", MINUTE)).isEqualTo(Answer.BUSY);
    assertThat(claims.take("one", "a", MINUTE)).isEqualTo(Answer.TAKEN); // a lost answer
    assertThat(claims.take("another", "b", MINUTE)).isEqualTo(Answer.TAKEN);
    assertThat(claims.complete("one", "a")).isTrue();
    assertThat(claims.take("one", "b", MINUTE)).isEqualTo(Answer.DONE);
  }

  @Test
  void itIsTakenOverWhenItsTimeIsOverAndTheOneBeforeHasNoSayAnyMore() {
    claims.take("late", "a", MINUTE);
    now = now.plus(MINUTE);
    assertThat(claims.take("late", "b", MINUTE)).isEqualTo(Answer.BUSY);
    now = now.plusMillis(1);
    assertThat(claims.take("late", "b", MINUTE)).isEqualTo(Answer.TAKEN);
    assertThat(claims.complete("late", "a")).isFalse();
    claims.giveBack("late", "a");
    assertThat(claims.take("late", "c", MINUTE)).isEqualTo(Answer.BUSY);
    assertThat(claims.complete("late", "b")).isTrue();
  }

  @Test
  void whatIsGivenBackIsFreeAtOnceAndWhatIsDoneIsNot() {
    claims.take("back", "a", MINUTE);
    claims.giveBack("back", "a");
    assertThat(claims.take("back", "b", MINUTE)).isEqualTo(Answer.TAKEN);
    claims.complete("back", "b");
    claims.giveBack("back", "b");
    assertThat(claims.take("back", "c", MINUTE)).isEqualTo(Answer.DONE);
  }

  @Test
  void whatIsDoneIsForgottenByItsTimeAlsoWhereTheTableStillHasIt() {
    claims.take("old", "a", MINUTE);
    claims.complete("old", "a");
    now = now.plus(RETENTION);
    assertThat(claims.take("old", "b", MINUTE)).isEqualTo(Answer.DONE);
    now = now.plusSeconds(1);
    assertThat(claims.take("old", "b", MINUTE)).isEqualTo(Answer.TAKEN);
  }
}
