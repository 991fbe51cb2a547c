package dev.sluice.functions.fanout.alerts;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/** States as items of a DynamoDB table with the hash key {@code Shard}, a string. */
final class DynamoShardStates implements ShardStates {
  /** No record is older, so the state of a shard is of no use any more (AWS: 365 days). */
  private static final Duration RETENTION = Duration.ofDays(366);

  private static final String SHARD = "Shard";
  private static final String LAST = "LastSequenceNumber";
  private static final String REVISION = "Revision";
  private static final String DECIDER = "State";
  private static final String UNSENT = "Unsent";
  private static final String EXPIRES = "ExpiresAt";

  private final DynamoDbClient client;
  private final String table;
  private final InstantSource clock;

  DynamoShardStates(DynamoDbClient client, String table, InstantSource clock) {
    this.client = client;
    this.table = table;
    this.clock = clock;
  }

  @Override
  public ShardState read(ShardKey shard) {
    Map<String, AttributeValue> item =
        client
            .getItem(
                get ->
                    get.tableName(table)
                        .key(Map.of(SHARD, AttributeValue.fromS(shard.text())))
                        .consistentRead(true))
            .item();
    if (item.isEmpty()) {
      return ShardState.NONE;
    }
    return new ShardState(
        item.get(LAST).s(),
        Long.parseLong(item.get(REVISION).n()),
        StateBytes.unpack(item.get(DECIDER).b().asByteArray()),
        StateBytes.unpackMessages(item.get(UNSENT).b().asByteArray()));
  }

  @Override
  public boolean replace(ShardKey shard, ShardState before, ShardState after) {
    var item = new HashMap<String, AttributeValue>();
    item.put(SHARD, AttributeValue.fromS(shard.text()));
    item.put(LAST, AttributeValue.fromS(after.lastSequenceNumber()));
    item.put(REVISION, AttributeValue.fromN(Long.toString(after.revision())));
    item.put(DECIDER, bytes(StateBytes.pack(after.decider())));
    item.put(UNSENT, bytes(StateBytes.packMessages(after.unsent())));
    item.put(
        EXPIRES,
        AttributeValue.fromN(Long.toString(clock.instant().plus(RETENTION).getEpochSecond())));
    var put = PutItemRequest.builder().tableName(table).item(item);
    if (before.revision() == 0) {
      put.conditionExpression("attribute_not_exists(#revision)")
          .expressionAttributeNames(Map.of("#revision", REVISION));
    } else {
      put.conditionExpression("#last = :last AND #revision = :revision")
          .expressionAttributeNames(Map.of("#last", LAST, "#revision", REVISION))
          .expressionAttributeValues(
              Map.of(
                  ":last",
                  AttributeValue.fromS(before.lastSequenceNumber()),
                  ":revision",
                  AttributeValue.fromN(Long.toString(before.revision()))));
    }
    try {
      client.putItem(put.build());
      return true;
    } catch (ConditionalCheckFailedException another) {
      return false;
    }
  }

  private static AttributeValue bytes(byte[] value) {
    return AttributeValue.fromB(SdkBytes.fromByteArray(value));
  }
}
