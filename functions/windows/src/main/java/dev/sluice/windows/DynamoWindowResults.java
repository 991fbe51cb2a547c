package dev.sluice.windows;

import java.math.BigInteger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Results in a DynamoDB table. A window of a shard is one item; parts of large ones, and what ended
 * early, are items beside it, found by the same hash key.
 */
final class DynamoWindowResults implements WindowResults {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  /** For a call with all of its attempts, which are the SDK's own. */
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(8);

  private static final String WINDOW = "Window";
  private static final String PART = "Part";
  private static final String LAST = "LastSequenceNumber";
  private static final String EARLY = "EarlyEnd";
  private static final String COUNTS = "Counts";
  private static final String PARTS = "Parts";
  private static final String STATE = "State";
  private static final String EXPIRES = "ExpiresAt";
  private static final String UNCHANGED =
      "(attribute_not_exists(#last) AND :last = :none OR #last = :last)"
          + " AND (attribute_not_exists(#early) AND :early = :none OR #early = :early)";

  private final DynamoDbClient client;
  private final String table;
  private final InstantSource clock;
  private final Duration retention;

  /**
   * @param retention zero keeps results
   */
  DynamoWindowResults(
      DynamoDbClient client, String table, InstantSource clock, Duration retention) {
    this.client = client;
    this.table = table;
    this.clock = clock;
    this.retention = retention;
  }

  static DynamoDbClient openClient() {
    return DynamoDbClient.builder()
        .httpClientBuilder(
            UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT_TIMEOUT)
                .socketTimeout(CALL_TIMEOUT))
        .overrideConfiguration(settings -> settings.apiCallTimeout(CALL_TIMEOUT))
        .build();
  }

  @Override
  public Progress progress(WindowKey window) {
    Map<String, AttributeValue> item =
        client
            .getItem(
                get -> get.tableName(table).key(key(window, window.shard())).consistentRead(true))
            .item();
    if (item.isEmpty()) {
      return Progress.NONE;
    }
    var kinds = new EnumMap<ChangeKind, Long>(ChangeKind.class);
    for (ChangeKind kind : ChangeKind.values()) {
      AttributeValue count = item.get(attribute(kind));
      if (count != null) {
        kinds.put(kind, Long.valueOf(count.n()));
      }
    }
    return new Progress(text(item, LAST), text(item, EARLY), kinds);
  }

  @Override
  public boolean advance(WindowKey window, Progress before, Progress after) {
    var values = new HashMap<String, AttributeValue>();
    values.put(":none", AttributeValue.fromS(""));
    values.put(":last", AttributeValue.fromS(before.lastSequenceNumber()));
    values.put(":early", AttributeValue.fromS(before.earlyEnd()));
    values.put(":newLast", AttributeValue.fromS(after.lastSequenceNumber()));
    values.put(":newEarly", AttributeValue.fromS(after.earlyEnd()));
    values.put(":open", AttributeValue.fromS("OPEN"));
    var set = new StringBuilder("SET #last = :newLast, #early = :newEarly, #state = :open");
    after
        .kinds()
        .forEach(
            (kind, count) -> {
              set.append(", ").append(attribute(kind)).append(" = :").append(kind.name());
              values.put(":" + kind.name(), number(count));
            });
    Map<String, String> names = new HashMap<>(Map.of("#last", LAST, "#early", EARLY));
    names.put("#state", STATE);
    appendExpiry(set, values);
    try {
      client.updateItem(
          UpdateItemRequest.builder()
              .tableName(table)
              .key(key(window, window.shard()))
              .updateExpression(set.toString())
              .conditionExpression(UNCHANGED)
              .expressionAttributeNames(names)
              .expressionAttributeValues(values)
              .build());
      return true;
    } catch (ConditionalCheckFailedException e) {
      return false;
    }
  }

  @Override
  public void putPart(
      WindowKey window, String earlyEnd, int number, Map<String, BigInteger> counts) {
    String part = "%s#part#%s#%06d".formatted(window.shard(), earlyEnd, number);
    put(window, part, Map.of(COUNTS, map(counts), STATE, AttributeValue.fromS("PART")));
  }

  @Override
  public void end(WindowKey window, Counts counts) {
    var values = new HashMap<String, AttributeValue>();
    values.put(":counts", map(counts.rest()));
    values.put(":parts", number(counts.parts()));
    values.put(":state", AttributeValue.fromS("ENDED"));
    var set = new StringBuilder("SET Counts = :counts, Parts = :parts, #state = :state");
    appendExpiry(set, values);
    client.updateItem(
        update ->
            update
                .tableName(table)
                .key(key(window, window.shard()))
                .updateExpression(set.toString())
                .expressionAttributeNames(Map.of("#state", STATE))
                .expressionAttributeValues(values));
  }

  @Override
  public void endEarly(WindowKey window, String sequenceNumber, Counts counts) {
    put(
        window,
        window.shard() + "#early#" + sequenceNumber,
        Map.of(
            COUNTS,
            map(counts.rest()),
            PARTS,
            number(counts.parts()),
            STATE,
            AttributeValue.fromS("ENDED_EARLY")));
  }

  private void put(WindowKey window, String part, Map<String, AttributeValue> attributes) {
    Map<String, AttributeValue> item = key(window, part);
    item.putAll(attributes);
    if (!retention.isZero()) {
      item.put(EXPIRES, expiry());
    }
    client.putItem(put -> put.tableName(table).item(item));
  }

  private void appendExpiry(StringBuilder set, Map<String, AttributeValue> values) {
    if (!retention.isZero()) {
      set.append(", ").append(EXPIRES).append(" = :expires");
      values.put(":expires", expiry());
    }
  }

  private AttributeValue expiry() {
    return number(clock.instant().plus(retention).getEpochSecond());
  }

  private static Map<String, AttributeValue> key(WindowKey window, String part) {
    var key = new LinkedHashMap<String, AttributeValue>();
    key.put(WINDOW, AttributeValue.fromS(window.window()));
    key.put(PART, AttributeValue.fromS(part.isEmpty() ? "-" : part));
    return key;
  }

  private static String text(Map<String, AttributeValue> item, String name) {
    return item.containsKey(name) ? item.get(name).s() : "";
  }

  private static String attribute(ChangeKind kind) {
    return switch (kind) {
      case INSERT -> "Inserts";
      case MODIFY -> "Modifications";
      case REMOVE -> "Removals";
      case OTHER -> "OtherChanges";
    };
  }

  private static AttributeValue map(Map<String, BigInteger> counts) {
    var map = new LinkedHashMap<String, AttributeValue>();
    counts.forEach((item, count) -> map.put(item, AttributeValue.fromN(count.toString())));
    return AttributeValue.fromM(map);
  }

  private static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }
}
