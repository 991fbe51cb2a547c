package dev.sluice.consumer.audit;

import dev.sluice.consumer.tiles.ContinuesFrom;
import dev.sluice.consumer.tiles.Position;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/**
 * The checkpoints of one application, as its lease table holds them.
 *
 * @param byShard checkpoint by shard id: a position, a start word, or {@link #SHARD_END}
 */
public record LeaseCheckpoints(Map<String, String> byShard) {
  /** KCL's word for a shard that is done with. */
  public static final String SHARD_END = "SHARD_END";

  public LeaseCheckpoints {
    byShard = Map.copyOf(byShard);
  }

  /** For an application whose lease table cannot be asked. */
  public static LeaseCheckpoints unknown() {
    return new LeaseCheckpoints(Map.of());
  }

  /**
   * Reads the whole lease table; one that does not exist has no leases.
   *
   * @throws CompletionException if DynamoDB fails
   */
  public static LeaseCheckpoints read(DynamoDbAsyncClient dynamoDb, String applicationName) {
    var byShard = new TreeMap<String, String>();
    Map<String, AttributeValue> next = Map.of();
    try {
      do {
        ScanRequest.Builder request =
            ScanRequest.builder().tableName(applicationName).consistentRead(true);
        if (!next.isEmpty()) {
          request.exclusiveStartKey(next);
        }
        ScanResponse page = dynamoDb.scan(request.build()).join();
        page.items().forEach(lease -> put(byShard, lease));
        next = page.lastEvaluatedKey();
      } while (!next.isEmpty());
    } catch (CompletionException e) {
      if (e.getCause() instanceof ResourceNotFoundException) {
        return unknown();
      }
      throw e;
    }
    return new LeaseCheckpoints(byShard);
  }

  private static void put(Map<String, String> byShard, Map<String, AttributeValue> lease) {
    AttributeValue checkpoint = lease.get("checkpoint");
    if (checkpoint == null || checkpoint.s() == null) {
      return; // KCL keeps other entries in its table too
    }
    AttributeValue sub = lease.get("checkpointSubSequenceNumber");
    boolean word = !Character.isDigit(checkpoint.s().charAt(0));
    byShard.put(
        lease.get("leaseKey").s(),
        word
            ? checkpoint.s()
            : checkpoint.s() + '.' + (sub == null || sub.n() == null ? "0" : sub.n()));
  }

  /** The position of the shard's checkpoint, if it has one. */
  Optional<Position> position(String shardId) {
    String text = byShard.get(shardId);
    if (text == null || text.equals(SHARD_END) || text.equals("LATEST")) {
      return Optional.empty();
    }
    return ContinuesFrom.parse(text) instanceof Position position
        ? Optional.of(position)
        : Optional.empty();
  }

  boolean isAtShardEnd(String shardId) {
    return SHARD_END.equals(byShard.get(shardId));
  }
}
