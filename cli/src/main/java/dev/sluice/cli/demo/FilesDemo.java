package dev.sluice.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.local.lambda.LocalLambda;
import dev.sluice.local.mapping.MappedFunction;
import dev.sluice.local.mapping.OnFailureDestination;
import dev.sluice.local.mapping.SourceClients;
import dev.sluice.local.notification.BucketNotifications;
import dev.sluice.local.notification.NotificationOptions;
import dev.sluice.local.notification.ObjectChange;
import dev.sluice.local.recording.SnsMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Files put into a bucket, whose notifications repeat and reorder themselves, through the packaged
 * function: a log of many gzip members, a text, and a log that is broken.
 */
final class FilesDemo implements DemoPart {

  private static final String HANDLER = "dev.sluice.files.FilesHandler::handleRequest";
  private static final String UPLOADS = "sluice-demo-uploads";
  private static final String OUTPUT = "sluice-demo-files";
  private static final String TABLE = "demo-files";
  private static final String CLAIMS = "demo-files-once";
  private static final String LOG = "day one +\u00e9.log.gz";
  private static final String TEXT = "note.txt";
  private static final String BROKEN = "broken.log.gz";
  private static final String NOTE = "nobody reads this";
  private static final int LINES = 2_000;
  private static final int MEMBER_LINES = 100;
  private static final int SAME_EVENTS = 10;
  private static final long SEED = 6;
  private static final double REPEATS = 0.5;
  private static final double REORDERS = 0.5;

  private final Path geoip;
  private final PackagedFunctions functions;

  FilesDemo(DemoInput input, PackagedFunctions functions) {
    geoip = input.geoip();
    this.functions = functions;
  }

  @Override
  public String title() {
    return "Files -> S3 -> Lambda -> S3, DynamoDB, SNS and SQS";
  }

  @Override
  public boolean needsQueues() {
    return true;
  }

  @Override
  public List<Proof> prove(DemoStack stack) throws IOException {
    S3Client s3 = stack.clients().s3();
    var log = new ConcurrentLinkedQueue<String>();
    var changes = new ConcurrentLinkedQueue<ObjectChange>();
    stack.aws().objectChanges().listen(changes::add);
    try (var clients = new SourceClients(stack.aws());
        SnsClient sns = stack.clients().sns().get()) {
      FileTables.create(clients.dynamoDb(), TABLE, CLAIMS);
      s3.createBucket(create -> create.bucket(UPLOADS));
      s3.createBucket(create -> create.bucket(OUTPUT));
      String topic = sns.createTopic(create -> create.name("demo-files")).topicArn();
      SqsClient sqs = clients.sqs();
      String errors = sqs.createQueue(create -> create.queueName("demo-files-errors")).queueUrl();
      String dead = sqs.createQueue(create -> create.queueName("demo-files-dead")).queueUrl();
      try (LocalLambda lambda =
          functions.start("files", HANDLER, stack, environment(topic, errors), log::add)) {
        put(s3, lambda, stack, OnFailureDestination.queue(sqs, dead));
        ObjectChange first =
            changes.stream().filter(change -> change.key().equals(LOG)).findFirst().orElseThrow();
        for (int i = 0; i < SAME_EVENTS; i++) {
          lambda.invoke(first.event().getBytes(UTF_8));
        }
      }
      List<SnsMessage> told =
          stack.aws().sns().messages().stream().filter(m -> m.topicArn().equals(topic)).toList();
      var found =
          new Found(
              item(clients, LOG),
              item(clients, TEXT),
              item(clients, BROKEN),
              enriched(s3, item(clients, LOG)),
              s3.listObjectsV2(list -> list.bucket(OUTPUT).prefix("files/enriched/"))
                  .contents()
                  .size(),
              told,
              messages(sqs, errors),
              messages(sqs, dead),
              log.stream().filter(line -> line.contains(NOTE)).count());
      return List.of(found.proof());
    }
  }

  private Map<String, String> environment(String topic, String errors) {
    return Map.of(
        "FILE_TABLE", TABLE,
        "IDEMPOTENCY_TABLE", CLAIMS,
        "OUTPUT_BUCKET", OUTPUT,
        "S3_PATH_STYLE", "true",
        "NOTIFY_TOPIC_ARN", topic,
        "ERROR_QUEUE_URL", errors,
        "GEOIP_CITY_DATABASE", geoip.toString());
  }

  /** Puts the files, and waits until all notifications are delivered. */
  private static void put(
      S3Client s3, LocalLambda lambda, DemoStack stack, OnFailureDestination dead) {
    BucketNotifications notifications =
        BucketNotifications.toFunction(
            stack.aws().objectChanges(),
            UPLOADS,
            MappedFunction.of(lambda),
            NotificationOptions.defaults().withDisorder(REPEATS, REORDERS, SEED),
            dead);
    try (notifications) {
      byte[] log = members();
      put(s3, LOG, log);
      put(s3, TEXT, NOTE.getBytes(UTF_8));
      put(s3, BROKEN, Arrays.copyOf(log, log.length / 2));
      DemoWait.until(
          " files told to the function",
          3,
          () -> notifications.counts().done() + notifications.counts().givenUp(),
          () -> true,
          () -> {});
    }
  }

  private static void put(S3Client s3, String key, byte[] content) {
    s3.putObject(put -> put.bucket(UPLOADS).key(key), RequestBody.fromBytes(content));
  }

  /** A log as one makes it that appends to a file of gzip. */
  private static byte[] members() {
    var bytes = new ByteArrayOutputStream();
    for (int from = 0; from < LINES; from += MEMBER_LINES) {
      var lines = new StringBuilder();
      for (int i = from; i < from + MEMBER_LINES; i++) {
        lines.append(
            "192.0.2.1 - - [28/Oct/2025:10:%02d:30 +0000] \"GET /page%d.php HTTP/1.1\" 200 5\n"
                .formatted(i % 60, i));
      }
      try (var gzip = new GZIPOutputStream(bytes)) {
        gzip.write(lines.toString().getBytes(UTF_8));
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible); // memory only
      }
    }
    return bytes.toByteArray();
  }

  private static Map<String, AttributeValue> item(SourceClients clients, String file) {
    return clients
        .dynamoDb()
        .query(
            query ->
                query
                    .tableName(TABLE)
                    .keyConditionExpression("FileName = :file")
                    .expressionAttributeValues(Map.of(":file", AttributeValue.fromS(file))))
        .items()
        .stream()
        .findFirst()
        .orElse(Map.of());
  }

  private static long enriched(S3Client s3, Map<String, AttributeValue> item) throws IOException {
    if (!item.containsKey("OutputKey")) {
      return 0;
    }
    byte[] packed =
        s3.getObjectAsBytes(get -> get.bucket(OUTPUT).key(item.get("OutputKey").s())).asByteArray();
    try (var gzip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return new String(gzip.readAllBytes(), UTF_8).lines().distinct().count();
    }
  }

  private static long messages(SqsClient sqs, String queueUrl) {
    return Long.parseLong(
        sqs.getQueueAttributes(get -> get.queueUrl(queueUrl).attributeNames(QueueAttributeName.ALL))
            .attributes()
            .get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES));
  }

  /** What there is when all is done. */
  private record Found(
      Map<String, AttributeValue> log,
      Map<String, AttributeValue> text,
      Map<String, AttributeValue> broken,
      long enriched,
      long outputs,
      List<SnsMessage> told,
      long errors,
      long dead,
      long notes) {

    Proof proof() {
      var discrepancies = new ArrayList<String>();
      check(state(log).equals("DONE"), "the log is " + state(log), discrepancies);
      check(lines() == LINES, "the log has " + lines() + " lines", discrepancies);
      check(enriched == LINES, enriched + " lines are in the output", discrepancies);
      check(outputs == 2, outputs + " outputs, not 2", discrepancies); // the broken one's too
      check(state(text).equals("DONE"), "the text is " + state(text), discrepancies);
      check(notes == 1, "the text was logged " + notes + " times", discrepancies);
      check(state(broken).equals("FAILED"), "the broken is " + state(broken), discrepancies);
      check(told.size() == 3, told.size() + " messages of the topic, not 3", discrepancies);
      check(errors == 1, errors + " messages of the error queue, not 1", discrepancies);
      check(dead == 0, dead + " dead letters", discrepancies);
      return Proof.of(
          discrepancies,
          "%,d lines in %d gzip members = %,d enriched, once for %d events and more; 1 text logged;"
              + " 1 broken log told to SNS and SQS",
          LINES,
          LINES / MEMBER_LINES,
          enriched,
          SAME_EVENTS);
    }

    private long lines() {
      return log.containsKey("Lines") ? Long.parseLong(log.get("Lines").n()) : 0;
    }

    private static String state(Map<String, AttributeValue> item) {
      return item.containsKey("State") ? item.get("State").s() : "unknown";
    }

    private static void check(boolean holds, String otherwise, List<String> discrepancies) {
      if (!holds) {
        discrepancies.add(otherwise);
      }
    }
  }
}
