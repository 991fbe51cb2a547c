package dev.sluice.registrations;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.enricher.Settings;
import dev.sluice.local.EmbeddedAws;
import dev.sluice.local.mariadb.LocalMariaDb;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** The function between a MariaDB and a DynamoDB of this machine. */
class RegistrationsHandlerTest {
  private static final String NAUGHTY =
      "Robert'); DROP TABLE `Customer`; -- \" \\ \u2028 \ud83e\udd80 \u0000\u0001 ${jndi:x} %s";

  @TempDir static Path folder;

  private static EmbeddedAws aws;
  private static DynamoDbClient dynamoDb;
  private static LocalMariaDb database;

  private final List<String> lines = new ArrayList<>();
  private RegistrationsHandler handler;

  @BeforeAll
  static void start() {
    assumeTrue(LocalMariaDb.runsHere(), "there is no MariaDB for this machine");
    database = LocalMariaDb.start(folder);
    aws = EmbeddedAws.start();
    dynamoDb =
        DynamoDbClient.builder()
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .endpointOverride(aws.dynamoDbEndpoint())
            .region(Region.of(aws.region()))
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(aws.accessKeyId(), aws.secretAccessKey())))
            .build();
    dynamoDb.createTable(
        create ->
            create
                .tableName("Customer")
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
  }

  @AfterAll
  static void stop() {
    if (database != null) {
      dynamoDb.close();
      aws.close();
      database.stop();
    }
  }

  @BeforeEach
  void open() throws SQLException {
    handler = handler();
    sql("DROP TABLE IF EXISTS test.Customer");
    dynamoDb
        .scanPaginator(scan -> scan.tableName("Customer"))
        .items()
        .forEach(
            item ->
                dynamoDb.deleteItem(
                    delete ->
                        delete.tableName("Customer").key(Map.of("CustID", item.get("CustID")))));
  }

  private RegistrationsHandler handler() {
    RegistrationSettings settings =
        RegistrationSettings.from(
            new Settings(
                Map.of(
                        "DATABASE_HOST", "127.0.0.1",
                        "DATABASE_PORT", Integer.toString(database.port()),
                        "DATABASE_NAME", "test",
                        "DATABASE_USER", "root",
                        "DATABASE_LOGIN", "password",
                        "DATABASE_PASSWORD", "none",
                        "DATABASE_TLS", "off")
                    ::get));
    return new RegistrationsHandler(
        settings,
        new BothStores(
            new MySqlCustomerRows(
                new MySqlConnections(settings.database(), () -> ""), "Customer", true),
            new DynamoCustomerItems(dynamoDb, "Customer", duration -> {}, new java.util.Random(1))),
        "registrations",
        lines::add,
        Clock.systemUTC());
  }

  @Test
  void theAcceptanceEventAddsOneItemAndOneRow() throws Exception {
    String event =
        """
        {"Records":[{"messageId":"059f36b4-87a3-44ab-83d2-661975830a7d","receiptHandle":"AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a...",
         "body":"{\\n     \\"CustID\\": 1021,\\n     \\"Name\\": \\"Martha Rivera\\"\\n}","attributes":{"ApproximateReceiveCount":"1",
         "SentTimestamp":"1545082649183","SenderId":"AIDAIENQZJOLO23YVJ4VO","ApproximateFirstReceiveTimestamp":"1545082649185"},
         "messageAttributes":{},"md5OfBody":"e4e68fb7bd0e697a0ae8f1bb342846b3","eventSource":"aws:sqs",
         "eventSourceARN":"arn:aws:sqs:us-east-1:108791993403:project-terraform-s3-event-notification-queue","awsRegion":"us-east-1"}]}
        """;
    assertThat(answer(event)).isEqualTo("{\"batchItemFailures\":[]}");
    assertThat(answer(event)).isEqualTo("{\"batchItemFailures\":[]}"); // once more, the same effect
    assertThat(items()).isEqualTo(Map.of(1021L, "Martha Rivera"));
    assertThat(rows()).isEqualTo(items());
    assertThat(lines.get(0)).contains("\"records_processed\":1").doesNotContain("Martha");
  }

  @Test
  void exactlyThePoisonComesBack() throws Exception {
    String event =
        event(
            "{\"CustID\":1,\"Name\":\"a\"}",
            "{\"CustID\":\"1\",\"Name\":\"b\"}",
            "no JSON",
            "{\"CustID\":2,\"Name\":\"" + "x".repeat(10_001) + "\"}",
            "{\"CustID\":3,\"Name\":\"c\"}");
    assertThat(answer(event))
        .isEqualTo(
            "{\"batchItemFailures\":[{\"itemIdentifier\":\"m1\"},{\"itemIdentifier\":\"m2\"},{\"itemIdentifier\":\"m3\"}]}");
    assertThat(rows()).isEqualTo(Map.of(1L, "a", 3L, "c")).isEqualTo(items());
    assertThat(lines.get(0)).contains("\"messages_malformed\":3").contains("\"level\":\"WARN\"");
  }

  @Test
  void namesAreTheSameToTheByteInBothAndTheLastOneCounts() throws Exception {
    var mapper = new ObjectMapper();
    String longName = "\ud83e\udd80".repeat(10_000);
    assertThat(
            answer(
                event(
                    "{\"CustID\":7,\"Name\":\"first\"}",
                    "{\"CustID\":7,\"Name\":" + mapper.writeValueAsString(NAUGHTY) + "}",
                    "{\"CustID\":9223372036854775807,\"Name\":\"" + longName + "\"}")))
        .isEqualTo("{\"batchItemFailures\":[]}");
    assertThat(rows()).isEqualTo(Map.of(7L, NAUGHTY, Long.MAX_VALUE, longName)).isEqualTo(items());
  }

  @Test
  void aThousandMessagesOfOneEventAreAllThere() throws Exception {
    String[] bodies = new String[1_000];
    var expected = new TreeMap<Long, String>();
    for (int i = 0; i < bodies.length; i++) {
      long custId = i % 900;
      bodies[i] = "{\"CustID\":" + custId + ",\"Name\":\"n" + i + "\"}";
      expected.put(custId, "n" + i);
    }
    assertThat(answer(event(bodies))).isEqualTo("{\"batchItemFailures\":[]}");
    assertThat(rows()).isEqualTo(expected).isEqualTo(items());
  }

  @Test
  void aDatabaseThatDiesAndComesBackEndsWithTheSameInBoth() throws Exception {
    answer(event("{\"CustID\":1,\"Name\":\"a\"}"));
    database.stop();
    String event = event("{\"CustID\":2,\"Name\":\"b\"}", "{\"CustID\":3,\"Name\":\"c\"}");
    assertThat(answer(event)).contains("\"m0\"", "\"m1\"");
    assertThat(items()).isEqualTo(Map.of(1L, "a"));
    assertThat(lines.get(1)).contains("\"records_failed\":2").contains("SQL state");
    database.restart(); // with the same data
    assertThat(answer(event)).isEqualTo("{\"batchItemFailures\":[]}");
    assertThat(rows()).isEqualTo(Map.of(1L, "a", 2L, "b", 3L, "c")).isEqualTo(items());
  }

  @Test
  void aRowThatTheTableDoesNotTakeComesBackAlone() throws Exception {
    sql("CREATE TABLE test.Customer (CustID BIGINT PRIMARY KEY, Name VARCHAR(3) NOT NULL)");
    String event = event("{\"CustID\":1,\"Name\":\"abc\"}", "{\"CustID\":2,\"Name\":\"abcd\"}");
    assertThat(answer(event)).isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m1\"}]}");
    assertThat(rows()).isEqualTo(Map.of(1L, "abc")).isEqualTo(items());
  }

  private String answer(String event) throws IOException {
    var context =
        (com.amazonaws.services.lambda.runtime.Context)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {com.amazonaws.services.lambda.runtime.Context.class},
                (proxy, method, arguments) ->
                    method.getName().equals("getRemainingTimeInMillis") ? (Object) 60_000 : "r-1");
    var out = new ByteArrayOutputStream();
    handler.handleRequest(new ByteArrayInputStream(event.getBytes(UTF_8)), out, context);
    return out.toString(UTF_8);
  }

  private static String event(String... bodies) {
    ObjectNode event = new ObjectMapper().createObjectNode();
    ArrayNode records = event.putArray("Records");
    for (int i = 0; i < bodies.length; i++) {
      records.addObject().put("messageId", "m" + i).put("body", bodies[i]);
    }
    return event.toString();
  }

  private static Map<Long, String> items() {
    var items = new TreeMap<Long, String>();
    for (Map<String, AttributeValue> item :
        dynamoDb.scanPaginator(scan -> scan.tableName("Customer")).items()) {
      items.put(Long.valueOf(item.get("CustID").n()), item.get("Name").s());
    }
    return items;
  }

  private static Map<Long, String> rows() throws SQLException {
    var rows = new TreeMap<Long, String>();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("SELECT CustID, Name FROM test.Customer")) {
      while (found.next()) {
        rows.put(found.getLong(1), found.getString(2));
      }
    }
    return rows;
  }

  private static void sql(String text) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(text);
    }
  }
}
