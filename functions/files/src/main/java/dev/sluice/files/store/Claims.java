package dev.sluice.files.store;

import dev.sluice.files.calls.ServiceFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * Who works on an upload, and which are done: one item for each upload, taken by one conditional
 * put. Of many that come at once one has it. It is taken over when its owner's invocation must have
 * ended without a word. Time to live is compared here: DynamoDB deletes items days late.
 */
public final class Claims {
  /** Hash key, a string: the identity of an upload. */
  public static final String KEY = "pk";

  /** When the item may be deleted, in seconds since 1970: the table's time to live. */
  public static final String EXPIRES = "expires";

  static final String STATUS = "status";
  static final String IN_PROGRESS = "IN_PROGRESS";
  static final String COMPLETED = "COMPLETED";

  /** When whoever has it must have ended, in milliseconds since 1970. */
  static final String IN_PROGRESS_EXPIRES = "in_progress_expires";

  private static final String OWNER = "owner";
  private static final Map<String, String> NAMES =
      Map.of("#pk", KEY, "#expires", EXPIRES, "#status", STATUS, "#until", IN_PROGRESS_EXPIRES);
  private static final Map<String, String> OWN_NAMES = Map.of("#status", STATUS, "#owner", OWNER);

  /** What came of asking. */
  public enum Answer {
    /** It is the asker's, and nobody else's. */
    TAKEN,
    /** Somebody else has it now. */
    BUSY,
    /** It was done before. */
    DONE
  }

  private final DynamoDbClient client;
  private final String table;
  private final Duration retention;
  private final InstantSource clock;

  /**
   * @param retention how long an upload that is done is remembered
   */
  public Claims(DynamoDbClient client, String table, Duration retention, InstantSource clock) {
    this.client = client;
    this.table = table;
    this.retention = retention;
    this.clock = clock;
  }

  /**
   * Asks for an upload.
   *
   * @param owner who asks; another one each time
   * @param atMost until the asker's invocation is ended
   * @throws ServiceFailure when the table does not answer
   */
  public Answer take(String identity, String owner, Duration atMost) {
    Instant now = clock.instant();
    Map<String, AttributeValue> item =
        Map.of(
            KEY,
            AttributeValue.fromS(identity),
            STATUS,
            AttributeValue.fromS(IN_PROGRESS),
            OWNER,
            AttributeValue.fromS(owner),
            EXPIRES,
            seconds(now.plus(retention)),
            IN_PROGRESS_EXPIRES,
            millis(now.plus(atMost)));
    return call(
        "dynamodb:PutItem",
        () -> {
          try {
            client.putItem(
                put ->
                    put.tableName(table)
                        .item(item)
                        .conditionExpression(
                            "attribute_not_exists(#pk) OR #expires < :now"
                                + " OR (#status = :progress AND #until < :now_ms)")
                        .expressionAttributeNames(NAMES)
                        .expressionAttributeValues(
                            Map.of(
                                ":now", seconds(now),
                                ":now_ms", millis(now),
                                ":progress", AttributeValue.fromS(IN_PROGRESS))));
            return Answer.TAKEN;
          } catch (ConditionalCheckFailedException another) {
            return whose(identity, owner);
          }
        });
  }

  /** An answer may have been lost, so that the put before was our own. */
  private Answer whose(String identity, String owner) {
    Map<String, AttributeValue> item =
        client
            .getItem(
                get ->
                    get.tableName(table)
                        .key(Map.of(KEY, AttributeValue.fromS(identity)))
                        .consistentRead(true))
            .item();
    if (item.isEmpty()) {
      return Answer.BUSY; // given back just now; whoever asks again has it
    }
    if (item.get(STATUS).s().equals(COMPLETED)) {
      return Answer.DONE;
    }
    return item.get(OWNER).s().equals(owner) ? Answer.TAKEN : Answer.BUSY;
  }

  /**
   * Remembers that it is done.
   *
   * @return false when somebody else has taken it over
   */
  public boolean complete(String identity, String owner) {
    return ifOwner(
        "dynamodb:UpdateItem",
        () ->
            client.updateItem(
                update ->
                    update
                        .tableName(table)
                        .key(Map.of(KEY, AttributeValue.fromS(identity)))
                        .updateExpression("SET #status = :completed, #expires = :expires")
                        .conditionExpression("#owner = :owner")
                        .expressionAttributeNames(
                            Map.of("#status", STATUS, "#owner", OWNER, "#expires", EXPIRES))
                        .expressionAttributeValues(
                            Map.of(
                                ":completed", AttributeValue.fromS(COMPLETED),
                                ":owner", AttributeValue.fromS(owner),
                                ":expires", seconds(clock.instant().plus(retention))))));
  }

  /** Gives it back undone, so that the next who asks has it at once. */
  public void giveBack(String identity, String owner) {
    ifOwner(
        "dynamodb:DeleteItem",
        () ->
            client.deleteItem(
                delete ->
                    delete
                        .tableName(table)
                        .key(Map.of(KEY, AttributeValue.fromS(identity)))
                        .conditionExpression("#owner = :owner AND #status = :progress")
                        .expressionAttributeNames(OWN_NAMES)
                        .expressionAttributeValues(
                            Map.of(
                                ":owner", AttributeValue.fromS(owner),
                                ":progress", AttributeValue.fromS(IN_PROGRESS)))));
  }

  private boolean ifOwner(String action, Runnable change) {
    return call(
        action,
        () -> {
          try {
            change.run();
            return true;
          } catch (ConditionalCheckFailedException another) {
            return false;
          }
        });
  }

  private <T> T call(String action, Supplier<T> call) {
    return ServiceFailure.orThrow(action, "table " + table, call);
  }

  private static AttributeValue seconds(Instant time) {
    return AttributeValue.fromN(Long.toString(time.getEpochSecond()));
  }

  private static AttributeValue millis(Instant time) {
    return AttributeValue.fromN(Long.toString(time.toEpochMilli()));
  }
}
