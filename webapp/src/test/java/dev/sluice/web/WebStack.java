package dev.sluice.web;

import dev.sluice.local.EmbeddedAws;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * The local stack of all tests here, and in it buckets and a table of one test alone, as
 * functions/files would have made them. The stack ends with the JVM.
 */
public final class WebStack {

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static EmbeddedAws aws;

  private final String name = "site-" + NUMBER.incrementAndGet();
  private final WebClients clients;

  private WebStack(WebClients clients) {
    this.clients = clients;
  }

  /** Empty buckets and an empty table. */
  public static WebStack create() {
    EmbeddedAws running = running();
    var stack =
        new WebStack(
            WebClients.open(
                new WebClients.LocalStack(
                    running.s3Endpoint(),
                    running.dynamoDbEndpoint(),
                    running.region(),
                    running.accessKeyId(),
                    running.secretAccessKey())));
    stack.clients.s3().createBucket(create -> create.bucket(stack.uploadBucket()));
    stack.clients.s3().createBucket(create -> create.bucket(stack.outputBucket()));
    stack.createTable();
    return stack;
  }

  private static synchronized EmbeddedAws running() {
    if (aws == null) {
      aws = EmbeddedAws.start();
      Runtime.getRuntime().addShutdownHook(new Thread(aws::close, "web-stack-end"));
    }
    return aws;
  }

  public WebClients clients() {
    return clients;
  }

  public String uploadBucket() {
    return name + "-uploads";
  }

  public String outputBucket() {
    return name + "-outputs";
  }

  public String table() {
    return name + "-files";
  }

  /** Settings for these buckets and this table. */
  public Map<String, String> settings() {
    var settings = new HashMap<String, String>();
    settings.put("UPLOAD_BUCKET", uploadBucket());
    settings.put("OUTPUT_BUCKET", outputBucket());
    settings.put("FILE_TABLE", table());
    settings.put("S3_PATH_STYLE", "true");
    return settings;
  }

  /** What a process of its own needs to find the stack. */
  public Map<String, String> environment() {
    var environment = new HashMap<>(running().environment());
    environment.putAll(settings());
    return environment;
  }

  /** Pages with these settings. */
  public WebApplication serve() {
    return serve(Map.of(), InstantSource.system());
  }

  /** Pages with these settings and more. */
  public WebApplication serve(Map<String, String> more, InstantSource clock) {
    Map<String, String> settings = settings();
    settings.putAll(more);
    return WebApplication.start(
        WebSettings.from(settings::get), clients, new SecureRandom(), clock, System::nanoTime);
  }

  /**
   * Writes an item as functions/files does; docs/files.md describes it.
   *
   * @param upload sorts by age
   * @param time ISO 8601
   * @param more further attributes, texts or numbers
   */
  public void putItem(String file, String upload, String time, Map<String, Object> more) {
    clients.dynamoDb().putItem(put -> put.tableName(table()).item(item(file, upload, time, more)));
  }

  public static Map<String, AttributeValue> item(
      String file, String upload, String time, Map<String, Object> more) {
    var item = new HashMap<String, AttributeValue>();
    item.put("FileName", AttributeValue.fromS(file));
    item.put("Upload", AttributeValue.fromS(upload));
    item.put("UploadTime", AttributeValue.fromS(time));
    item.put("Listing", AttributeValue.fromS("file"));
    item.put("Listed", AttributeValue.fromS(time + "#" + file));
    more.forEach(
        (name, value) ->
            item.put(
                name,
                value instanceof Number number
                    ? AttributeValue.fromN(number.toString())
                    : AttributeValue.fromS(value.toString())));
    return item;
  }

  private void createTable() {
    clients
        .dynamoDb()
        .createTable(
            create ->
                create
                    .tableName(table())
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .keySchema(key("FileName", KeyType.HASH), key("Upload", KeyType.RANGE))
                    .attributeDefinitions(
                        text("FileName"), text("Upload"), text("Listing"), text("Listed"))
                    .globalSecondaryIndexes(
                        GlobalSecondaryIndex.builder()
                            .indexName("ByTime")
                            .keySchema(key("Listing", KeyType.HASH), key("Listed", KeyType.RANGE))
                            .projection(all -> all.projectionType(ProjectionType.ALL))
                            .build()));
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
