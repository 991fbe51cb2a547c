package dev.sluice.system.packaged;

import dev.sluice.cli.demo.FileTables;
import dev.sluice.local.AwsService;
import dev.sluice.local.EmbeddedAws;
import dev.sluice.local.EmbeddedAwsOptions;
import dev.sluice.local.mapping.SourceClients;
import dev.sluice.local.notification.ObjectChange;
import dev.sluice.local.recording.SnsMessage;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Buckets, tables, a topic and queues for the packaged files function. */
final class FilesStack implements AutoCloseable {
  static final String UPLOADS = "uploads";
  static final String OUTPUT = "output";

  private static final Path ZIP =
      Path.of("..", "functions", "files", "target", "functions-files.zip");
  private static final String HANDLER = "dev.sluice.files.FilesHandler::handleRequest";
  private static final String TABLE = "FileMetadata";

  private final EmbeddedAws aws = EmbeddedAws.start(EmbeddedAwsOptions.defaults().withSqs(true));
  private final SourceClients clients = new SourceClients(aws);
  private final S3Client s3;
  private final String topic;
  private final ConcurrentLinkedQueue<ObjectChange> changes = new ConcurrentLinkedQueue<>();

  FilesStack() {
    s3 =
        directed(S3Client.builder().httpClientBuilder(UrlConnectionHttpClient.builder()))
            .endpointOverride(aws.s3Endpoint())
            .forcePathStyle(true)
            .build();
    s3.createBucket(create -> create.bucket(UPLOADS));
    s3.createBucket(create -> create.bucket(OUTPUT));
    try (SnsClient sns =
        directed(SnsClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()))
            .endpointOverride(aws.endpoint(AwsService.SNS))
            .build()) {
      topic = sns.createTopic(create -> create.name("files")).topicArn();
    }
    FileTables.create(clients.dynamoDb(), TABLE, "FileIdempotency");
    aws.objectChanges().listen(changes::add);
  }

  private <B extends AwsClientBuilder<B, ?>> B directed(B builder) {
    return builder
        .region(Region.of(aws.region()))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(aws.accessKeyId(), aws.secretAccessKey())));
  }

  EmbeddedAws aws() {
    return aws;
  }

  SourceClients clients() {
    return clients;
  }

  S3Client s3() {
    return s3;
  }

  /** An execution environment of the function. */
  PackagedFunction function(Map<String, String> more) {
    var environment = new HashMap<>(aws.environment());
    environment.put("METRICS", "off");
    environment.put("OUTPUT_BUCKET", OUTPUT);
    environment.put("S3_PATH_STYLE", "true");
    environment.put("NOTIFY_TOPIC_ARN", topic);
    environment.put("GEOIP_CITY_DATABASE", PackagedFunction.SAMPLES.resolve("geo.mmdb").toString());
    environment.putAll(more);
    return PackagedFunction.start("functions/files", ZIP, HANDLER, environment);
  }

  /** Puts a file; the event that S3 makes of it. */
  String put(String key, byte[] content) {
    s3.putObject(put -> put.bucket(UPLOADS).key(key), RequestBody.fromBytes(content));
    return changes.stream()
        .filter(change -> change.bucket().equals(UPLOADS) && change.key().equals(key))
        .reduce((first, second) -> second)
        .orElseThrow()
        .event();
  }

  /** The uploads of a file, the newest first. */
  List<Map<String, AttributeValue>> items(String key) {
    return clients
        .dynamoDb()
        .query(
            query ->
                query
                    .tableName(TABLE)
                    .scanIndexForward(false)
                    .keyConditionExpression("FileName = :name")
                    .expressionAttributeValues(Map.of(":name", AttributeValue.fromS(key))))
        .items();
  }

  /** State of the newest upload; empty while nobody knows it. */
  String state(String key) {
    return items(key).stream().findFirst().map(item -> item.get("State").s()).orElse("");
  }

  List<String> outputs() {
    return s3
        .listObjectsV2(list -> list.bucket(OUTPUT).prefix("files/enriched/"))
        .contents()
        .stream()
        .map(S3Object::key)
        .toList();
  }

  /** Messages about a file. */
  List<SnsMessage> told(String key) {
    return aws.sns().messages().stream()
        .filter(message -> message.message().contains("\"file\":\"" + key + "\""))
        .toList();
  }

  String queue(String name, Map<QueueAttributeName, String> attributes) {
    return clients
        .sqs()
        .createQueue(create -> create.queueName(name).attributes(attributes))
        .queueUrl();
  }

  String attribute(String queueUrl, QueueAttributeName name) {
    return clients
        .sqs()
        .getQueueAttributes(get -> get.queueUrl(queueUrl).attributeNames(name))
        .attributes()
        .get(name);
  }

  @Override
  public void close() {
    s3.close();
    clients.close();
    aws.close();
  }
}
