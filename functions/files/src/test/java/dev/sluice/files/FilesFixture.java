package dev.sluice.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.enricher.Enricher;
import dev.sluice.enricher.Settings;
import dev.sluice.files.log.LineWork;
import dev.sluice.files.notice.ErrorQueue;
import dev.sluice.files.notice.Notices;
import dev.sluice.files.notice.TopicNotices;
import dev.sluice.files.tracing.Tracing;
import dev.sluice.local.AwsService;
import dev.sluice.local.EmbeddedAws;
import dev.sluice.local.EmbeddedAwsOptions;
import dev.sluice.local.SdkProperties;
import dev.sluice.local.lambda.DirectContext;
import dev.sluice.local.notification.ObjectChange;
import dev.sluice.local.recording.SnsMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** Buckets, tables, a topic and a queue of a test's own on one local stack, and the function. */
final class FilesFixture {
  static final JsonMapper JSON = JsonMapper.builder().build();

  private static final Path SAMPLES = Path.of("..", "..", "samples").toAbsolutePath().normalize();
  private static final AtomicInteger NUMBERS = new AtomicInteger();
  private static final int INVOCATION_MILLIS = 60_000;

  /** Ends with the JVM, as nothing in it outlives that. */
  private static EmbeddedAws aws;

  private static Enricher enricher;
  private static S3Client sharedS3;
  private static DynamoDbClient sharedDynamoDb;
  private static SnsClient sharedSns;
  private static SqsClient sharedSqs;

  final int number = NUMBERS.incrementAndGet();
  final String uploads = "uploads-" + number;
  final String output = "output-" + number;
  final String files = "FileMetadata-" + number;
  final String claims = "FileIdempotency-" + number;
  final S3Client s3;
  final DynamoDbClient dynamoDb;
  final SnsClient sns;
  final SqsClient sqs;
  final String topic;
  final String errors;
  final ConcurrentLinkedQueue<String> log = new ConcurrentLinkedQueue<>();
  final ConcurrentLinkedQueue<ObjectChange> changes = new ConcurrentLinkedQueue<>();

  private FilesFixture() {
    s3 = sharedS3;
    dynamoDb = sharedDynamoDb;
    sns = sharedSns;
    sqs = sharedSqs;
    s3.createBucket(create -> create.bucket(uploads));
    s3.createBucket(create -> create.bucket(output));
    topic = sns.createTopic(create -> create.name("files-" + number)).topicArn();
    errors = sqs.createQueue(create -> create.queueName("errors-" + number)).queueUrl();
    createTables();
    aws.objectChanges()
        .listen(
            change -> {
              if (change.bucket().equals(uploads)) {
                changes.add(change);
              }
            });
  }

  static synchronized FilesFixture create() {
    if (aws == null) {
      aws = EmbeddedAws.start(EmbeddedAwsOptions.defaults().withSqs(true));
      Runtime.getRuntime().addShutdownHook(new Thread(aws::close));
      enricher = Enricher.open(settings(Map.of()).enricher(), Runnable::run);
      openClients();
    }
    return new FilesFixture();
  }

  /** For clients that the function opens by itself. */
  SdkProperties sdkProperties() {
    return SdkProperties.pointAt(aws);
  }

  private static void openClients() {
    sharedS3 =
        set(S3Client.builder()).endpointOverride(aws.s3Endpoint()).forcePathStyle(true).build();
    sharedDynamoDb = set(DynamoDbClient.builder()).endpointOverride(aws.dynamoDbEndpoint()).build();
    sharedSns = set(SnsClient.builder()).endpointOverride(aws.sns().endpoint()).build();
    sharedSqs = set(SqsClient.builder()).endpointOverride(aws.endpoint(AwsService.SQS)).build();
  }

  private static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> B set(
      B builder) {
    return builder
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .region(Region.of(aws.region()))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(aws.accessKeyId(), aws.secretAccessKey())));
  }

  private void createTables() {
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

  static FilesSettings settings(Map<String, String> more) {
    var values = new HashMap<String, String>();
    values.put("OUTPUT_BUCKET", "out");
    values.put("METRICS", "off");
    values.put("GEOIP_CITY_DATABASE", SAMPLES.resolve("geo.mmdb").toString());
    values.putAll(more);
    return FilesSettings.from(new Settings(values::get));
  }

  FilesSettings ownSettings(String... keysAndValues) {
    var values = new HashMap<String, String>();
    values.put("OUTPUT_BUCKET", output);
    values.put("FILE_TABLE", files);
    values.put("IDEMPOTENCY_TABLE", claims);
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return settings(values);
  }

  /** Tells the topic, then the queue of failures. */
  Notices notices() {
    Notices told = new TopicNotices(sns, topic);
    Notices failed = new ErrorQueue(sqs, errors);
    return report -> {
      told.tell(report);
      failed.tell(report);
    };
  }

  FilesHandler handler(String... settings) {
    return handler(s3, dynamoDb, notices(), Tracing.OFF, settings);
  }

  FilesHandler handler(
      S3Client otherS3,
      DynamoDbClient otherDynamoDb,
      Notices notices,
      Tracing tracing,
      String... settings) {
    return handler(
        () -> LineWork.of(enricher.newLineEnricher()),
        otherS3,
        otherDynamoDb,
        notices,
        tracing,
        ownSettings(settings));
  }

  FilesHandler handler(
      Supplier<LineWork> work,
      S3Client otherS3,
      DynamoDbClient otherDynamoDb,
      Notices notices,
      Tracing tracing,
      FilesSettings settings) {
    return new FilesHandler(
        new FileFunction(
            settings, work, otherS3, otherDynamoDb, notices, tracing, log::add, Clock.systemUTC()),
        "files");
  }

  /** Puts a file; the event that S3 makes of it. */
  String put(String key, byte[] content) {
    changes.clear();
    s3.putObject(
        put -> put.bucket(uploads).key(key).contentType("text/x-test"),
        RequestBody.fromBytes(content));
    return event(changes.remove());
  }

  String put(String key, String content) {
    return put(key, content.getBytes(UTF_8));
  }

  /** Deletes a file; the event that S3 makes of it. */
  String delete(String key) {
    changes.clear();
    s3.deleteObject(delete -> delete.bucket(uploads).key(key));
    return event(changes.remove());
  }

  static String event(ObjectChange change) {
    return event(
        change.name(),
        change.bucket(),
        change.key(),
        change.bytes(),
        change.eTag(),
        "",
        change.sequencer());
  }

  static String event(
      String name,
      String bucket,
      String key,
      long bytes,
      String eTag,
      String versionId,
      String sequencer) {
    return """
        {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"us-east-1",\
        "eventTime":"2026-10-10T13:55:36.123Z","eventName":"%s","s3":{"s3SchemaVersion":"1.0",\
        "bucket":{"name":"%s"},"object":{"key":"%s","size":%d,"eTag":"%s",%s"sequencer":"%s"}}}]}"""
        .formatted(
            name,
            bucket,
            URLEncoder.encode(key, UTF_8),
            bytes,
            eTag,
            versionId.isEmpty() ? "" : "\"versionId\":\"" + versionId + "\",",
            sequencer);
  }

  String invoke(FilesHandler handler, String event) {
    return invoke(handler, event, INVOCATION_MILLIS);
  }

  String invoke(FilesHandler handler, String event, int millis) {
    var answer = new ByteArrayOutputStream();
    try {
      handler.handleRequest(
          new ByteArrayInputStream(event.getBytes(UTF_8)),
          answer,
          new DirectContext("request-" + number, () -> millis));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return answer.toString(UTF_8);
  }

  /** The uploads of a file, the newest first. */
  List<Map<String, AttributeValue>> items(String key) {
    return dynamoDb
        .query(
            query ->
                query
                    .tableName(files)
                    .scanIndexForward(false)
                    .keyConditionExpression("FileName = :name")
                    .expressionAttributeValues(Map.of(":name", AttributeValue.fromS(key))))
        .items();
  }

  Map<String, AttributeValue> item(String key) {
    List<Map<String, AttributeValue>> items = items(key);
    if (items.isEmpty()) {
      throw new AssertionError("there is no item of " + key + "; log: " + log);
    }
    return items.get(0);
  }

  String state(String key) {
    return item(key).get("State").s();
  }

  long count(String key, String attribute) {
    return Long.parseLong(item(key).get(attribute).n());
  }

  List<String> outputKeys() {
    return s3.listObjectsV2(list -> list.bucket(output)).contents().stream()
        .map(S3Object::key)
        .toList();
  }

  /** The lines of an object that an attribute names. */
  List<String> outputLines(String key, String attribute) {
    byte[] packed =
        s3.getObjectAsBytes(get -> get.bucket(output).key(item(key).get(attribute).s()))
            .asByteArray();
    try (var gzip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return new String(gzip.readAllBytes(), UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonNode summary(String key) throws IOException {
    return JSON.readTree(
        s3.getObjectAsBytes(get -> get.bucket(output).key(item(key).get("SummaryKey").s()))
            .asByteArray());
  }

  /** As if the time of whoever has an upload were over. */
  void expireClaims() {
    dynamoDb
        .scan(scan -> scan.tableName(claims))
        .items()
        .forEach(
            item -> {
              var expired = new HashMap<>(item);
              expired.put("in_progress_expires", AttributeValue.fromN("1"));
              dynamoDb.putItem(put -> put.tableName(claims).item(expired));
            });
  }

  List<SnsMessage> told() {
    return aws.sns().messages().stream().filter(m -> m.topicArn().equals(topic)).toList();
  }

  List<String> errorMessages() {
    return sqs
        .receiveMessage(receive -> receive.queueUrl(errors).maxNumberOfMessages(10))
        .messages()
        .stream()
        .map(Message::body)
        .toList();
  }

  /** Lines of a log, each with its number in the target. */
  static String lines(int from, int to) {
    var lines = new StringBuilder();
    for (int i = from; i < to; i++) {
      lines.append(
          ("192.0.2.%d - - [28/Oct/2025:10:%02d:30 +0000] \"GET /page%d.php HTTP/1.1\" 200 12 \"-\""
                  + " \"Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0\"\n")
              .formatted(i % 250, i % 60, i));
    }
    return lines.toString();
  }

  static byte[] gzip(String text) {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
