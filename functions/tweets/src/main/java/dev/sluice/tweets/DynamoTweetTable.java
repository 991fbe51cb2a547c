package dev.sluice.tweets;

import dev.sluice.tweets.message.StreamMessage.Tweet;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/** Tweets as items with the key {@code tweet_id}, a string. Each step is one conditional write. */
final class DynamoTweetTable implements TweetTable {
  private static final String ID = "tweet_id";
  private static final String DELETED = "deleted";

  private final DynamoDbClient client;
  private final String table;

  DynamoTweetTable(DynamoDbClient client, String table) {
    this.client = client;
    this.table = table;
  }

  @Override
  public State state(String id) {
    return state(
        client
            .getItem(
                get ->
                    get.tableName(table)
                        .key(key(id))
                        .consistentRead(true)
                        .projectionExpression("#id, #deleted")
                        .expressionAttributeNames(Map.of("#id", ID, "#deleted", DELETED)))
            .item());
  }

  @Override
  public State putIfAbsent(Tweet tweet) {
    try {
      client.putItem(
          put ->
              put.tableName(table)
                  .item(item(tweet))
                  .conditionExpression("attribute_not_exists(" + ID + ")")
                  .returnValuesOnConditionCheckFailure(
                      ReturnValuesOnConditionCheckFailure.ALL_OLD));
      return State.ABSENT;
    } catch (ConditionalCheckFailedException e) {
      return e.hasItem() ? state(e.item()) : state(tweet.id());
    }
  }

  @Override
  public State delete(String id) {
    Map<String, AttributeValue> tombstone = key(id);
    tombstone.put(DELETED, AttributeValue.fromBool(true));
    return state(
        client
            .putItem(put -> put.tableName(table).item(tombstone).returnValues(ReturnValue.ALL_OLD))
            .attributes());
  }

  private static Map<String, AttributeValue> key(String id) {
    var key = new HashMap<String, AttributeValue>();
    key.put(ID, AttributeValue.fromS(id));
    return key;
  }

  private static State state(Map<String, AttributeValue> item) {
    if (item.isEmpty()) {
      return State.ABSENT;
    }
    return item.containsKey(DELETED) ? State.DELETED : State.STORED;
  }

  private static Map<String, AttributeValue> item(Tweet tweet) {
    Map<String, AttributeValue> item = key(tweet.id());
    item.put("text", AttributeValue.fromS(tweet.text()));
    tweet.createdAt().ifPresent(date -> item.put("created_at", AttributeValue.fromS(date)));
    tweet.authorId().ifPresent(id -> item.put("author_id", AttributeValue.fromS(id)));
    tweet
        .authorUserName()
        .ifPresent(name -> item.put("author_user_name", AttributeValue.fromS(name)));
    if (!tweet.photos().isEmpty()) {
      item.put("photo_url", AttributeValue.fromS(tweet.photos().get(0).url()));
      item.put("photo_media_id", AttributeValue.fromS(tweet.photos().get(0).mediaId()));
    }
    return item;
  }
}
