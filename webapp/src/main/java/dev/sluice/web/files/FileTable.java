package dev.sluice.web.files;

import dev.sluice.web.http.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** The table that functions/files writes, only read here, and never scanned. */
public final class FileTable {

  /** Index of all uploads by their time. */
  public static final String INDEX = "ByTime";

  /** Its hash key, the same in every item. */
  static final String LISTING = "Listing";

  /** Its range key: time and name. */
  static final String LISTED = "Listed";

  private static final AttributeValue ALL_FILES = AttributeValue.fromS("file");

  /** {@code #0} for the first attribute and so on: some of their names are words of DynamoDB. */
  private static final Map<String, String> NAMES =
      StoredFile.ATTRIBUTES.stream()
          .collect(
              Collectors.toUnmodifiableMap(
                  name -> "#" + StoredFile.ATTRIBUTES.indexOf(name), name -> name));

  private static final String PROJECTION = String.join(",", NAMES.keySet());

  /** Longest key of S3, which a name is, and longest range key of DynamoDB, in bytes of UTF-8. */
  private static final int MAX_KEY_BYTES = 1_024;

  private final DynamoDbClient dynamoDb;
  private final String table;

  public FileTable(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /**
   * Uploads in the order of their times.
   *
   * @param next where the following page begins; empty behind the last
   */
  record Page(List<StoredFile> files, Optional<Map<String, AttributeValue>> next) {}

  /**
   * A page of all uploads.
   *
   * @param limit most of them; fewer come when they are large
   * @param after end of the page before
   * @throws RefusedException 400 when {@code after} is no place of this table
   */
  Page byTime(int limit, boolean newestFirst, Optional<Map<String, AttributeValue>> after) {
    var names = new HashMap<>(NAMES);
    names.put("#listing", LISTING);
    QueryRequest query =
        QueryRequest.builder()
            .tableName(table)
            .indexName(INDEX)
            .keyConditionExpression("#listing = :files")
            .expressionAttributeNames(names)
            .expressionAttributeValues(Map.of(":files", ALL_FILES))
            .projectionExpression(PROJECTION)
            .scanIndexForward(!newestFirst)
            .exclusiveStartKey(after.orElse(null))
            .limit(limit)
            .build();
    try {
      return page(dynamoDb.query(query));
    } catch (DynamoDbException refused) {
      if (after.isPresent() && refused.statusCode() == 400 && isAboutTheKey(refused)) {
        throw RefusedException.badRequest("The place in the list is none of this list.");
      }
      throw refused;
    }
  }

  private static boolean isAboutTheKey(DynamoDbException refused) {
    return "ValidationException".equals(refused.awsErrorDetails().errorCode());
  }

  private static Page page(QueryResponse answer) {
    return new Page(
        answer.items().stream().map(StoredFile::new).toList(),
        answer.hasLastEvaluatedKey() && !answer.lastEvaluatedKey().isEmpty()
            ? Optional.of(answer.lastEvaluatedKey())
            : Optional.empty());
  }

  /** Uploads of one name, the newest first. */
  List<StoredFile> history(String name, int limit) {
    if (isTooLong(name)) {
      return List.of();
    }
    var names = new HashMap<>(NAMES);
    names.put("#name", StoredFile.NAME);
    return page(dynamoDb.query(
            query ->
                query
                    .tableName(table)
                    .keyConditionExpression("#name = :name")
                    .expressionAttributeNames(names)
                    .expressionAttributeValues(Map.of(":name", AttributeValue.fromS(name)))
                    .projectionExpression(PROJECTION)
                    .scanIndexForward(false)
                    .limit(limit)))
        .files();
  }

  /** Identity of the newest upload of a name; empty if there is none, or DynamoDB does not tell. */
  public Optional<String> newestUpload(String name) {
    try {
      return history(name, 1).stream().findFirst().map(StoredFile::upload);
    } catch (SdkException notNow) {
      return Optional.empty(); // no reason to refuse an upload
    }
  }

  /** One upload of one name. */
  Optional<StoredFile> find(String name, String upload) {
    if (isTooLong(name) || isTooLong(upload)) {
      return Optional.empty();
    }
    Map<String, AttributeValue> item =
        dynamoDb
            .getItem(
                get ->
                    get.tableName(table)
                        .key(
                            Map.of(
                                StoredFile.NAME,
                                AttributeValue.fromS(name),
                                StoredFile.UPLOAD,
                                AttributeValue.fromS(upload)))
                        .expressionAttributeNames(NAMES)
                        .projectionExpression(PROJECTION))
            .item();
    return item == null || item.isEmpty() ? Optional.empty() : Optional.of(new StoredFile(item));
  }

  private static boolean isTooLong(String key) {
    return key.getBytes(StandardCharsets.UTF_8).length > MAX_KEY_BYTES;
  }

  /** Fails as a page of the list would, when the table or its index cannot be read. */
  public void check() {
    byTime(1, true, Optional.empty());
  }
}
