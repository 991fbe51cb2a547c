package dev.sluice.cli.demo;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** The tables of the files function, as docs/files.md describes them. */
public final class FileTables {
  private FileTables() {}

  /**
   * Makes both tables.
   *
   * @param files what is known of uploads, with the index {@code ByTime}
   * @param claims uploads that are being worked on, or done
   */
  public static void create(DynamoDbClient dynamoDb, String files, String claims) {
    dynamoDb.createTable(
        create ->
            create
                .tableName(claims)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(key("pk", KeyType.HASH))
                .attributeDefinitions(text("pk")));
    dynamoDb.createTable(
        create ->
            create
                .tableName(files)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(key("FileName", KeyType.HASH), key("Upload", KeyType.RANGE))
                .attributeDefinitions(
                    text("FileName"), text("Upload"), text("Listing"), text("Listed"))
                .globalSecondaryIndexes(byTime()));
  }

  private static GlobalSecondaryIndex byTime() {
    return GlobalSecondaryIndex.builder()
        .indexName("ByTime")
        .keySchema(key("Listing", KeyType.HASH), key("Listed", KeyType.RANGE))
        .projection(projection -> projection.projectionType(ProjectionType.ALL))
        .build();
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  private static AttributeDefinition text(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }
}
