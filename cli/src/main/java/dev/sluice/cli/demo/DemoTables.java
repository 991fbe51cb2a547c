package dev.sluice.cli.demo;

import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** Tables that parts of the demo use. */
final class DemoTables {

  private DemoTables() {}

  /** A table whose key is one number. */
  static TableDescription numbered(
      DynamoDbClient dynamoDb,
      String table,
      String key,
      Consumer<CreateTableRequest.Builder> more) {
    return dynamoDb
        .createTable(
            create -> {
              create
                  .tableName(table)
                  .billingMode(BillingMode.PAY_PER_REQUEST)
                  .keySchema(key(key, KeyType.HASH))
                  .attributeDefinitions(attribute(key, ScalarAttributeType.N));
              more.accept(create);
            })
        .tableDescription();
  }

  /** A table whose key is one text. */
  static void texts(DynamoDbClient dynamoDb, String table, String key) {
    dynamoDb.createTable(
        create ->
            create
                .tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(key(key, KeyType.HASH))
                .attributeDefinitions(attribute(key, ScalarAttributeType.S)));
  }

  /** A table of texts with a range. */
  static void ranged(DynamoDbClient dynamoDb, String table, String hashKey, String rangeKey) {
    dynamoDb.createTable(
        create ->
            create
                .tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(key(hashKey, KeyType.HASH), key(rangeKey, KeyType.RANGE))
                .attributeDefinitions(
                    attribute(hashKey, ScalarAttributeType.S),
                    attribute(rangeKey, ScalarAttributeType.S)));
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  private static AttributeDefinition attribute(String name, ScalarAttributeType type) {
    return AttributeDefinition.builder().attributeName(name).attributeType(type).build();
  }
}
