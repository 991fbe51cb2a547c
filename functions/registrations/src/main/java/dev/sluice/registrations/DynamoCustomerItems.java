package dev.sluice.registrations;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Customers as items of a table with the key {@code CustID}, a number. */
final class DynamoCustomerItems implements CustomerItems {
  /** Items of one call (AWS, BatchWriteItem). */
  static final int MAX_ITEMS_OF_A_CALL = 25;

  /** Calls for the same items, which DynamoDB may leave unprocessed when it is busy. */
  static final int MAX_ATTEMPTS = 5;

  private static final Duration FIRST_BACKOFF = Duration.ofMillis(50);

  /** Waits between two attempts; tests record the duration instead. */
  interface Pause {
    void pause(Duration duration) throws InterruptedException;
  }

  private final DynamoDbClient client;
  private final String table;
  private final Pause pause;
  private final RandomGenerator random;

  DynamoCustomerItems(DynamoDbClient client, String table, Pause pause, RandomGenerator random) {
    this.client = client;
    this.table = table;
    this.pause = pause;
    this.random = random;
  }

  @Override
  public Set<Long> put(List<Registration> customers) {
    var refused = new HashSet<Long>();
    for (int from = 0; from < customers.size(); from += MAX_ITEMS_OF_A_CALL) {
      int to = Math.min(customers.size(), from + MAX_ITEMS_OF_A_CALL);
      putSome(customers.subList(from, to), refused);
    }
    return refused;
  }

  private void putSome(List<Registration> customers, Set<Long> refused) {
    List<WriteRequest> left = new ArrayList<>();
    for (Registration customer : customers) {
      Map<String, AttributeValue> item =
          Map.of(
              "CustID",
              AttributeValue.fromN(Long.toString(customer.custId())),
              "Name",
              AttributeValue.fromS(customer.name()));
      left.add(WriteRequest.builder().putRequest(put -> put.item(item)).build());
    }
    for (int attempt = 1; !left.isEmpty() && attempt <= MAX_ATTEMPTS; attempt++) {
      if (attempt > 1) {
        backOff(attempt);
      }
      List<WriteRequest> sent = left;
      BatchWriteItemResponse answer =
          client.batchWriteItem(write -> write.requestItems(Map.of(table, sent)));
      left = answer.unprocessedItems().getOrDefault(table, List.of());
    }
    left.forEach(
        request -> refused.add(Long.valueOf(request.putRequest().item().get("CustID").n())));
  }

  /** Exponential, with full jitter. */
  private void backOff(int attempt) {
    long bound = FIRST_BACKOFF.toMillis() << attempt - 2;
    try {
      pause.pause(Duration.ofMillis(random.nextLong(bound + 1)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted between two attempts", e);
    }
  }
}
