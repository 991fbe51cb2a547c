package dev.sluice.system.packaged;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.EmbeddedAws;
import dev.sluice.local.lambda.LambdaAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** The packaged function for tumbling windows, against a table. */
class WindowsFunctionTest {
  private static final Path ZIP =
      Path.of("..", "functions", "windows", "target", "functions-windows.zip");
  private static final long MAX_ZIP_BYTES = 25L << 20;
  private static final String WINDOW =
      "\"window\":{\"start\":\"2020-07-30T17:00:00Z\",\"end\":\"2020-07-30T17:05:00Z\"}";

  @Test
  void answersTheAcceptanceEventAndStoresItsWindow() throws IOException {
    try (var aws = EmbeddedAws.start();
        DynamoDbClient dynamoDb = AwsTools.dynamoDb(aws)) {
      createTable(dynamoDb);
      var environment = new HashMap<String, String>(aws.environment());
      environment.put("RESULT_TABLE", "WindowResults");
      try (var function =
          PackagedFunction.start(
              "functions/windows",
              ZIP,
              "dev.sluice.windows.WindowsHandler::handleRequest",
              environment)) {
        String records =
            record("INSERT", "111") + "," + record("MODIFY", "222") + "," + record("REMOVE", "333");
        assertThat(answer(function, event(records, "{\"1\":\"state1\"}", false)))
            .isEqualTo("{\"state\":{\"1\":\"state1\",\"101\":3},\"batchItemFailures\":[]}");
        answer(function, event("", "{\"1\":\"state1\",\"101\":3}", true));
        assertThat(function.lambda().counts().errors()).isZero();
      }
      Map<String, AttributeValue> result =
          dynamoDb
              .getItem(
                  get ->
                      get.tableName("WindowResults")
                          .key(
                              Map.of(
                                  "Window",
                                  AttributeValue.fromS("2020-07-30T17:00:00Z/2020-07-30T17:05:00Z"),
                                  "Part",
                                  AttributeValue.fromS("shardId-1"))))
              .item();
      assertThat(result.get("State").s()).isEqualTo("ENDED");
      assertThat(result.get("Counts").m()).isEqualTo(Map.of("101", AttributeValue.fromN("3")));
      assertThat(result.get("Inserts").n()).isEqualTo("1");
      assertThat(result.get("Modifications").n()).isEqualTo("1");
      assertThat(result.get("Removals").n()).isEqualTo("1");
    }
    assertThat(Files.size(ZIP)).isLessThan(MAX_ZIP_BYTES);
  }

  private static String answer(PackagedFunction function, String event) {
    LambdaAnswer answer = function.invoke(event.getBytes(UTF_8));
    assertThat(answer.succeeded()).as(answer.text()).isTrue();
    return answer.text();
  }

  private static String record(String eventName, String sequenceNumber) {
    return """
        {"eventID":"1","eventName":"%s","eventVersion":"1.0","eventSource":"aws:dynamodb",\
        "awsRegion":"us-east-1","dynamodb":{"Keys":{"Id":{"N":"101"}},\
        "SequenceNumber":"%s","SizeBytes":26,"StreamViewType":"NEW_AND_OLD_IMAGES"},\
        "eventSourceARN":"stream-ARN"}"""
        .formatted(eventName, sequenceNumber);
  }

  private static String event(String records, String state, boolean last) {
    return """
        {"Records":[%s],%s,"state":%s,"shardId":"shardId-1","eventSourceARN":"stream-ARN",\
        "isFinalInvokeForWindow":%s,"isWindowTerminatedEarly":false}"""
        .formatted(records, WINDOW, state, last);
  }

  private static void createTable(DynamoDbClient dynamoDb) {
    dynamoDb.createTable(
        create ->
            create
                .tableName("WindowResults")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(key("Window", KeyType.HASH), key("Part", KeyType.RANGE))
                .attributeDefinitions(text("Window"), text("Part")));
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
