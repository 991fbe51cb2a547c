package dev.sluice.cli.demo;

import dev.sluice.local.lambda.LocalLambda;
import dev.sluice.local.mapping.EventSourceMapping;
import dev.sluice.local.mapping.SourceClients;
import dev.sluice.producers.ReplayOptions;
import dev.sluice.producers.TweetLines;
import dev.sluice.samples.tweets.StoredTweet;
import dev.sluice.samples.tweets.SyntheticTweets;
import dev.sluice.samples.tweets.TweetOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Tweets of both versions of the API, with duplicates and deletes, into DynamoDB. Their photos lie
 * on a host that is not there, so none is fetched.
 */
final class TweetsDemo implements DemoPart {

  private static final String HANDLER = "dev.sluice.tweets.TweetsHandler::handleRequest";
  private static final String STREAM = "demo-tweets";
  private static final String TABLE = "demo-tweets";
  private static final long SEED = 280;
  private static final int TWEETS = 400;
  private static final int BATCH_SIZE = 100;

  private final PackagedFunctions functions;

  TweetsDemo(PackagedFunctions functions) {
    this.functions = functions;
  }

  @Override
  public String title() {
    return "Tweets -> Kinesis -> Lambda -> DynamoDB";
  }

  @Override
  public List<Proof> prove(DemoStack stack) throws IOException, InterruptedException {
    var tweets = SyntheticTweets.of(SEED, TWEETS, TweetOptions.defaults());
    stack.createStream(STREAM);
    try (var clients = new SourceClients(stack.aws());
        LocalLambda lambda =
            functions.start("tweets", HANDLER, stack, Map.of("TWEET_TABLE", TABLE))) {
      DemoTables.texts(clients.dynamoDb(), TABLE, "tweet_id");
      EventSourceMapping mapping = StreamMapping.start(clients, STREAM, BATCH_SIZE, lambda);
      long messages = tweets.messages().size();
      try (mapping) {
        replay(tweets, stack);
        DemoWait.until(
            " messages of tweets",
            messages,
            () -> mapping.counts().succeeded(),
            () -> true,
            () -> {});
      }
      return List.of(proof(tweets, clients.dynamoDb()));
    }
  }

  private static void replay(SyntheticTweets tweets, DemoStack stack)
      throws IOException, InterruptedException {
    var lines = new ByteArrayOutputStream();
    tweets.writeTo(lines);
    DemoInput.replay(
        new ByteArrayInputStream(lines.toByteArray()),
        ReplayOptions.to(STREAM).withPartitionKeys(new TweetLines().byTweet()),
        stack,
        sent -> {});
  }

  private static Proof proof(SyntheticTweets tweets, DynamoDbClient dynamoDb) {
    var found = new HashMap<String, Map<String, String>>();
    var tombstones = new HashSet<String>();
    for (Map<String, AttributeValue> item :
        dynamoDb.scanPaginator(scan -> scan.tableName(TABLE)).items()) {
      String id = item.get("tweet_id").s();
      if (item.containsKey("deleted")) {
        tombstones.add(id);
      } else {
        var texts = new HashMap<String, String>();
        item.forEach((name, value) -> texts.put(name, value.s()));
        found.put(id, texts);
      }
    }
    Map<String, StoredTweet> expected = tweets.stored();
    var discrepancies = new ArrayList<String>();
    expected.forEach(
        (id, tweet) -> {
          if (!attributes(tweet).equals(found.get(id))) {
            discrepancies.add("tweet " + id + " is not stored as it was written");
          }
        });
    Set<String> alien = new HashSet<>(found.keySet());
    alien.removeAll(expected.keySet());
    alien.forEach(id -> discrepancies.add("tweet " + id + " should not be there"));
    if (!tombstones.equals(tweets.deleted())) {
      discrepancies.add("the tombstones are not the tweets that were deleted");
    }
    return Proof.of(
        discrepancies,
        "%,d messages = %,d tweets stored as they were written, %d deleted, the rest duplicates and"
            + " control messages",
        tweets.messages().size(),
        found.size(),
        tombstones.size());
  }

  private static Map<String, String> attributes(StoredTweet tweet) {
    var attributes = new HashMap<String, String>();
    attributes.put("tweet_id", tweet.tweetId());
    attributes.put("text", tweet.text());
    attributes.put("created_at", tweet.createdAt());
    attributes.put("author_id", tweet.authorId());
    attributes.put("author_user_name", tweet.authorUserName());
    tweet
        .firstPhoto()
        .ifPresent(
            photo -> {
              attributes.put("photo_url", photo.url());
              attributes.put("photo_media_id", photo.mediaId());
            });
    return attributes;
  }
}
