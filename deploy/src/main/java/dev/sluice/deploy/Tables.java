package dev.sluice.deploy;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awscdk.services.dynamodb.CfnTable;

/** Tables of DynamoDB: encrypted, paid by request, with a past to go back to. */
final class Tables {
  private final List<CfnTable.AttributeDefinitionProperty> attributes = new ArrayList<>();
  private final List<CfnTable.KeySchemaProperty> keys = new ArrayList<>();
  private final CfnTable.Builder builder;

  private Tables(SluiceStack stack, String id) {
    builder =
        CfnTable.Builder.create(stack, id)
            .billingMode("PAY_PER_REQUEST")
            .sseSpecification(CfnTable.SSESpecificationProperty.builder().sseEnabled(true).build())
            .pointInTimeRecoverySpecification(
                CfnTable.PointInTimeRecoverySpecificationProperty.builder()
                    .pointInTimeRecoveryEnabled(true)
                    .build());
  }

  static Tables table(SluiceStack stack, String id) {
    return new Tables(stack, id);
  }

  Tables named(String name) {
    builder.tableName(name);
    return this;
  }

  /**
   * @param type S or N
   */
  Tables hash(String attribute, String type) {
    keys.add(key(attribute, "HASH"));
    return attribute(attribute, type);
  }

  Tables range(String attribute, String type) {
    keys.add(key(attribute, "RANGE"));
    return attribute(attribute, type);
  }

  Tables attribute(String name, String type) {
    attributes.add(
        CfnTable.AttributeDefinitionProperty.builder()
            .attributeName(name)
            .attributeType(type)
            .build());
    return this;
  }

  Tables expiringBy(String attribute) {
    builder.timeToLiveSpecification(
        CfnTable.TimeToLiveSpecificationProperty.builder()
            .attributeName(attribute)
            .enabled(true)
            .build());
    return this;
  }

  /** An index over all items that have both attributes. */
  Tables index(String name, String hash, String range) {
    builder.globalSecondaryIndexes(
        List.of(
            CfnTable.GlobalSecondaryIndexProperty.builder()
                .indexName(name)
                .keySchema(List.of(key(hash, "HASH"), key(range, "RANGE")))
                .projection(CfnTable.ProjectionProperty.builder().projectionType("ALL").build())
                .build()));
    return this;
  }

  Tables streaming(String view) {
    builder.streamSpecification(
        CfnTable.StreamSpecificationProperty.builder().streamViewType(view).build());
    return this;
  }

  CfnTable create() {
    return builder.attributeDefinitions(attributes).keySchema(keys).build();
  }

  private static CfnTable.KeySchemaProperty key(String attribute, String type) {
    return CfnTable.KeySchemaProperty.builder().attributeName(attribute).keyType(type).build();
  }
}
