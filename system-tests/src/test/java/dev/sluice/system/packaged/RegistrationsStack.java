package dev.sluice.system.packaged;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.local.EmbeddedAws;
import dev.sluice.local.EmbeddedAwsOptions;
import dev.sluice.local.mapping.EventSourceMapping;
import dev.sluice.local.mapping.EventSourceMappings;
import dev.sluice.local.mapping.MappedFunction;
import dev.sluice.local.mapping.MappingListener;
import dev.sluice.local.mapping.SourceClients;
import dev.sluice.local.mapping.SqsMappingOptions;
import dev.sluice.local.mariadb.LocalMariaDb;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** The packaged registrations function between a real local queue, DynamoDB Local and a MariaDB. */
final class RegistrationsStack implements AutoCloseable {

  static final String TABLE = "Customer";
  private static final Path ZIP =
      Path.of("..", "functions", "registrations", "target", "functions-registrations.zip");
  private static final int CALL_MESSAGES_MAX = 10;

  /** What was looked at is visible again then. */
  private static final int SECONDS_AWAY = 5;

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final LocalMariaDb database;
  private final EmbeddedAws aws;
  private final SourceClients clients;

  private RegistrationsStack(LocalMariaDb database, EmbeddedAws aws, SourceClients clients) {
    this.database = database;
    this.aws = aws;
    this.clients = clients;
  }

  static RegistrationsStack start(Path folder, String... databaseOptions) {
    LocalMariaDb database = LocalMariaDb.start(folder, databaseOptions);
    EmbeddedAws aws = EmbeddedAws.start(EmbeddedAwsOptions.defaults().withSqs(true));
    var stack = new RegistrationsStack(database, aws, new SourceClients(aws));
    stack
        .clients
        .dynamoDb()
        .createTable(
            create ->
                create
                    .tableName(TABLE)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .keySchema(
                        KeySchemaElement.builder()
                            .attributeName("CustID")
                            .keyType(KeyType.HASH)
                            .build())
                    .attributeDefinitions(
                        AttributeDefinition.builder()
                            .attributeName("CustID")
                            .attributeType(ScalarAttributeType.N)
                            .build()));
    return stack;
  }

  LocalMariaDb database() {
    return database;
  }

  SqsClient sqs() {
    return clients.sqs();
  }

  /** The function with these settings in place of those for the user root without TLS. */
  PackagedFunction function(Map<String, String> changed) {
    var environment = new HashMap<String, String>(aws.environment());
    environment.put("DATABASE_HOST", "127.0.0.1");
    environment.put("DATABASE_PORT", Integer.toString(database.port()));
    environment.put("DATABASE_NAME", LocalMariaDb.DATABASE);
    environment.put("DATABASE_USER", LocalMariaDb.USER);
    environment.put("DATABASE_LOGIN", "password");
    environment.put("DATABASE_PASSWORD", "unchecked");
    environment.put("DATABASE_TLS", "off");
    environment.putAll(changed);
    return PackagedFunction.start(
        "functions/registrations",
        ZIP,
        "dev.sluice.registrations.RegistrationsHandler::handleRequest",
        environment);
  }

  /** A mapping as docs/functions.md recommends it, running. */
  EventSourceMapping mapping(
      String queueUrl, PackagedFunction function, int batchSize, MappingListener listener) {
    return EventSourceMappings.system()
        .ofQueue(
            clients.sqs(),
            SqsMappingOptions.of(queueUrl)
                .withBatch(batchSize, batchSize > 10 ? Duration.ofSeconds(1) : Duration.ZERO)
                .withReportBatchItemFailures(true),
            MappedFunction.of(function.lambda()),
            listener)
        .start();
  }

  String queue(String name) {
    return clients
        .sqs()
        .createQueue(
            create ->
                create
                    .queueName(name)
                    .attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "1")))
        .queueUrl();
  }

  /** A queue whose messages go to another one after that many receives. */
  String queue(String name, String deadLetterUrl, int maxReceiveCount) {
    return clients
        .sqs()
        .createQueue(
            create ->
                create
                    .queueName(name)
                    .attributes(
                        Map.of(
                            QueueAttributeName.VISIBILITY_TIMEOUT,
                            "1",
                            QueueAttributeName.REDRIVE_POLICY,
                            "{\"deadLetterTargetArn\":\""
                                + arn(deadLetterUrl)
                                + "\",\"maxReceiveCount\":\""
                                + maxReceiveCount
                                + "\"}")))
        .queueUrl();
  }

  String arn(String queueUrl) {
    return attributes(queueUrl).get(QueueAttributeName.QUEUE_ARN);
  }

  private Map<QueueAttributeName, String> attributes(String queueUrl) {
    return clients
        .sqs()
        .getQueueAttributes(get -> get.queueUrl(queueUrl).attributeNames(QueueAttributeName.ALL))
        .attributes();
  }

  /** Messages of a queue, whether visible or not. */
  int messages(String queueUrl) {
    Map<QueueAttributeName, String> attributes = attributes(queueUrl);
    return Integer.parseInt(attributes.get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
        + Integer.parseInt(
            attributes.get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE));
  }

  int visible(String queueUrl) {
    return Integer.parseInt(
        attributes(queueUrl).get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES));
  }

  void send(String queueUrl, List<String> bodies) {
    for (int from = 0; from < bodies.size(); from += CALL_MESSAGES_MAX) {
      var entries = new ArrayList<SendMessageBatchRequestEntry>();
      for (String body : bodies.subList(from, Math.min(from + CALL_MESSAGES_MAX, bodies.size()))) {
        entries.add(
            SendMessageBatchRequestEntry.builder()
                .id("m" + entries.size())
                .messageBody(body)
                .build());
      }
      clients.sqs().sendMessageBatch(send -> send.queueUrl(queueUrl).entries(entries));
    }
  }

  static String body(long custId, String name) {
    return JSON.createObjectNode().put("CustID", custId).put("Name", name).toString();
  }

  /** All bodies of a queue, which it keeps. */
  List<String> bodies(String queueUrl) {
    var bodies = new ArrayList<String>();
    List<Message> some;
    do {
      some =
          clients
              .sqs()
              .receiveMessage(
                  receive ->
                      receive
                          .queueUrl(queueUrl)
                          .maxNumberOfMessages(CALL_MESSAGES_MAX)
                          .visibilityTimeout(SECONDS_AWAY))
              .messages();
      some.forEach(message -> bodies.add(message.body()));
    } while (!some.isEmpty());
    return bodies;
  }

  Map<Long, String> items() {
    var items = new TreeMap<Long, String>();
    for (Map<String, AttributeValue> item :
        clients
            .dynamoDb()
            .scanPaginator(scan -> scan.tableName(TABLE).consistentRead(true))
            .items()) {
      items.put(Long.valueOf(item.get("CustID").n()), item.get("Name").s());
    }
    return items;
  }

  /** Rows by key, found to be no more than their keys. */
  Map<Long, String> rows() throws SQLException {
    var rows = new TreeMap<Long, String>();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("SELECT CustID, Name FROM Customer")) {
      while (found.next()) {
        String before = rows.put(found.getLong(1), new String(found.getBytes(2), UTF_8));
        if (before != null) {
          throw new IllegalStateException("two rows of customer " + found.getLong(1));
        }
      }
    }
    return rows;
  }

  void sql(String text) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(text);
    }
  }

  /** Without customers. */
  void clear() throws SQLException {
    sql("DROP TABLE IF EXISTS " + TABLE);
    for (Long custId : items().keySet()) {
      clients
          .dynamoDb()
          .deleteItem(
              delete ->
                  delete
                      .tableName(TABLE)
                      .key(Map.of("CustID", AttributeValue.fromN(Long.toString(custId)))));
    }
  }

  static ConditionFactory await(String what) {
    return Awaitility.await(what)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .pollDelay(Duration.ZERO);
  }

  @Override
  public void close() {
    clients.close();
    aws.close();
    database.close();
  }
}
