package dev.sluice.lookups;

import java.util.List;

/**
 * Where reference data comes from.
 *
 * @param table name or ARN of a DynamoDB table
 * @param keyAttribute its partition key, of type string; the table has no sort key
 * @param field what of a line is looked up
 * @param attributes what is taken of an item, in this order
 */
record ReferenceSettings(
    String table,
    String keyAttribute,
    KeyField field,
    List<String> attributes,
    CacheSettings cache) {
  ReferenceSettings {
    attributes = List.copyOf(attributes);
  }
}
