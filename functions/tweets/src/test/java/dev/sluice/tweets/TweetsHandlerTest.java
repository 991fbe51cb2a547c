package dev.sluice.tweets;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.local.EmbeddedAws;
import dev.sluice.samples.tweets.SampleMessage;
import dev.sluice.samples.tweets.SamplePhoto;
import dev.sluice.samples.tweets.StoredTweet;
import dev.sluice.samples.tweets.SyntheticTweets;
import dev.sluice.samples.tweets.TweetOptions;
import dev.sluice.tweets.photo.PhotoServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Generated tweets in any order, against a real table and a real bucket. */
class TweetsHandlerTest {
  private static final String BUCKET = "photos-of-tweets";
  private static final int BATCH = 500;

  @TempDir static Path folder;

  private static EmbeddedAws aws;
  private static DynamoDbClient dynamoDb;
  private static S3Client s3;
  private static PhotoServer server;

  private final ConcurrentLinkedQueue<KinesisRecord> letters = new ConcurrentLinkedQueue<>();

  @BeforeAll
  static void start() throws Exception {
    aws = EmbeddedAws.start();
    dynamoDb =
        of(DynamoDbClient.builder())
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .endpointOverride(aws.dynamoDbEndpoint())
            .build();
    s3 =
        of(S3Client.builder())
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .endpointOverride(aws.s3Endpoint())
            .forcePathStyle(true)
            .build();
    s3.createBucket(create -> create.bucket(BUCKET));
    server = PhotoServer.startForMany(folder);
  }

  private static <B extends AwsClientBuilder<B, ?>> B of(B builder) {
    return builder
        .region(Region.of(aws.region()))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(aws.accessKeyId(), aws.secretAccessKey())));
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
    s3.close();
    dynamoDb.close();
    aws.close();
  }

  private HandlerFixture function(String table, boolean photos) {
    dynamoDb.createTable(
        create ->
            create
                .tableName(table)
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
    Optional<PhotoStage> stage =
        photos
            ? Optional.of(HandlerFixture.photos(server, new S3MediaStore(s3, BUCKET)))
            : Optional.empty();
    return new HandlerFixture(
        new DynamoTweetTable(dynamoDb, table),
        stage,
        (record, reason, detail) -> letters.add(record));
  }

  private static List<byte[]> shuffled(SyntheticTweets tweets, long seed) {
    List<byte[]> records =
        new ArrayList<>(tweets.messages().stream().map(SampleMessage::bytes).toList());
    Collections.shuffle(records, new Random(seed));
    return records;
  }

  private static Map<String, Map<String, AttributeValue>> items(String table) {
    var items = new HashMap<String, Map<String, AttributeValue>>();
    dynamoDb
        .scanPaginator(scan -> scan.tableName(table))
        .items()
        .forEach(item -> items.put(item.get("tweet_id").s(), item));
    return items;
  }

  private static Map<String, Map<String, AttributeValue>> expected(SyntheticTweets tweets) {
    var items = new HashMap<String, Map<String, AttributeValue>>();
    tweets.stored().forEach((id, tweet) -> items.put(id, item(tweet)));
    tweets
        .deleted()
        .forEach(
            id ->
                items.put(
                    id,
                    Map.of(
                        "tweet_id",
                        AttributeValue.fromS(id),
                        "deleted",
                        AttributeValue.fromBool(true))));
    return items;
  }

  private static Map<String, AttributeValue> item(StoredTweet tweet) {
    var item = new HashMap<String, AttributeValue>();
    item.put("tweet_id", AttributeValue.fromS(tweet.tweetId()));
    item.put("text", AttributeValue.fromS(tweet.text()));
    item.put("created_at", AttributeValue.fromS(tweet.createdAt()));
    item.put("author_id", AttributeValue.fromS(tweet.authorId()));
    item.put("author_user_name", AttributeValue.fromS(tweet.authorUserName()));
    tweet
        .firstPhoto()
        .ifPresent(
            photo -> {
              item.put("photo_url", AttributeValue.fromS(photo.url()));
              item.put("photo_media_id", AttributeValue.fromS(photo.mediaId()));
            });
    return item;
  }

  private static long count(SyntheticTweets tweets, SampleMessage.Kind kind) {
    return tweets.messages().stream().filter(message -> message.kind() == kind).count();
  }

  @Test
  void tenThousandTweetsInAnyOrderAreWhatTheyMustBe() throws IOException {
    SyntheticTweets tweets =
        SyntheticTweets.of(
            11,
            10_000,
            TweetOptions.defaults().withMalformedShare(0.02).withPhotoBase(server.base()));
    HandlerFixture function = function("many", true);
    List<byte[]> records = shuffled(tweets, 12);
    int batches = (records.size() + BATCH - 1) / BATCH;
    assertThat(function.deliver(records, BATCH, batches)).isEqualTo(batches);
    assertThat(letters).hasSize((int) count(tweets, SampleMessage.Kind.MALFORMED));
    assertThat(sum(function, "records_processed")).isEqualTo(records.size());
    assertThat(
            sum(function, "tweets_stored")
                + sum(function, "tweets_duplicate")
                + sum(function, "tweets_deleted")
                + sum(function, "tweets_kept_deleted")
                + sum(function, "messages_control")
                + sum(function, "messages_malformed"))
        .isEqualTo(records.size());
    assertThat(sum(function, "fields_left_out")).isZero();
    assertThat(sum(function, "photos_failed")).isZero();
    // The same records once more: nothing changes.
    function.deliver(records.subList(0, BATCH), BATCH, 1);
    assertThat(items("many")).isEqualTo(expected(tweets));
    assertPhotosAreThoseOf(tweets);
  }

  /** Those of tweets that stay, byte by byte; none of a deleted one. */
  private void assertPhotosAreThoseOf(SyntheticTweets tweets) {
    Map<String, SamplePhoto> expected = tweets.photos();
    var keys = new HashSet<String>();
    for (S3Object object : s3.listObjectsV2Paginator(list -> list.bucket(BUCKET)).contents()) {
      keys.add(object.key());
      SamplePhoto photo = expected.get(object.key());
      var stored = s3.getObjectAsBytes(get -> get.bucket(BUCKET).key(object.key()));
      assertThat(stored.asByteArray()).as(object.key()).isEqualTo(photo.bytes());
      assertThat(stored.response().contentType()).isEqualTo(photo.contentType());
    }
    assertThat(keys).isEqualTo(expected.keySet());
  }

  private static long sum(HandlerFixture function, String name) throws IOException {
    long sum = 0;
    var json = new ObjectMapper();
    for (String line : function.lines) {
      sum += json.readTree(line).get(name).asLong();
    }
    return sum;
  }
}
