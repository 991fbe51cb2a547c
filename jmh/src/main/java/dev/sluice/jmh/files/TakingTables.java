package dev.sluice.jmh.files;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** Tables that take what they are given; remembers the last item. */
final class TakingTables implements DynamoDbClient {
  private PutItemRequest last;

  /** A number of the last item. */
  long number(String attribute) {
    return Long.parseLong(last.item().get(attribute).n());
  }

  /** A text of the last item. */
  String text(String attribute) {
    return last.item().get(attribute).s();
  }

  @Override
  public PutItemResponse putItem(PutItemRequest request) {
    last = request;
    return PutItemResponse.builder().build();
  }

  @Override
  public UpdateItemResponse updateItem(UpdateItemRequest request) {
    return UpdateItemResponse.builder().build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {
    // nothing is open
  }
}
