package dev.sluice.system.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.EmbeddedAws;
import dev.sluice.local.lambda.LambdaAnswer;
import dev.sluice.local.mapping.EventSourceMapping;
import dev.sluice.local.mapping.EventSourceMappings;
import dev.sluice.local.mapping.MappedFunction;
import dev.sluice.local.mapping.MappingListener;
import dev.sluice.local.mapping.SourceClients;
import dev.sluice.local.mapping.StartingPosition;
import dev.sluice.local.mapping.StreamMappingOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/** L7: a real table, its stream, tumbling windows, the packaged function, and 10 % failures. */
class WindowsMappingTest {
  private static final Path ZIP =
      Path.of("..", "functions", "windows", "target", "functions-windows.zip");
  private static final long SEED = 20_261_122;
  private static final int CHANGES = 800;

  /** DynamoDB Local tells the minute of a change only, so each further window takes a minute. */
  private static final int WINDOWS = 1;

  /** Changes that the mapping may be behind: a writer who is quicker fills one window for long. */
  private static final int MAX_AHEAD = 100;

  private static final int ITEMS = 40;
  private static final int SHARE_FAILING = 10; // one of ten
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** What the table of results must add up to. */
  private final Map<String, Long> byItem = new TreeMap<>();

  private long inserts;
  private long modifications;
  private long removals;

  @Test
  void theSumOfTheFinalsIsTheTruth() {
    var failures = new AtomicInteger();
    try (var aws = EmbeddedAws.start();
        var clients = new SourceClients(aws);
        var function =
            PackagedFunction.start(
                "functions/windows",
                ZIP,
                "dev.sluice.windows.WindowsHandler::handleRequest",
                environment(aws))) {
      createResultTable(clients.dynamoDb());
      String stream = createSourceTable(clients.dynamoDb());
      EventSourceMapping mapping =
          EventSourceMappings.system()
              .ofDynamoDb(
                  clients.streams(),
                  stream,
                  StreamMappingOptions.from(StartingPosition.TRIM_HORIZON)
                      .withBatch(25, Duration.ZERO)
                      .withReportBatchItemFailures(true)
                      .withBisectBatchOnFunctionError(true)
                      .withTumblingWindow(Duration.ofSeconds(1), Duration.ofSeconds(1)),
                  failing(MappedFunction.of(function.lambda()), failures),
                  MappingListener.NONE)
              .start();
      long changes;
      try (mapping) {
        changes = change(clients.dynamoDb(), mapping);
        Awaitility.await("all changes in finals")
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(500))
            .until(() -> counts(clients.dynamoDb()).equals(byItem));
      } // what it says of its last invocation is said then
      assertThat(mapping.counts().succeeded()).isEqualTo(changes);
      assertThat(mapping.counts().discarded()).isZero();
      assertThat(mapping.counts().windowsEnded()).isGreaterThanOrEqualTo(WINDOWS);
      assertThat(failures.get()).isPositive();
      assertThat(mapping.counts().failures()).isEqualTo(failures.get());
      assertThat(total(clients.dynamoDb(), "Inserts")).isEqualTo(inserts);
      assertThat(total(clients.dynamoDb(), "Modifications")).isEqualTo(modifications);
      assertThat(total(clients.dynamoDb(), "Removals")).isEqualTo(removals);
    }
  }

  private static Map<String, String> environment(EmbeddedAws aws) {
    var environment = new HashMap<String, String>(aws.environment());
    environment.put("RESULT_TABLE", "WindowResults");
    return environment;
  }

  /** Half of the failures come before the work, half lose its answer. */
  private static MappedFunction failing(MappedFunction function, AtomicInteger failures) {
    var random = new Random(SEED);
    LambdaAnswer error = LambdaAnswer.failure("Injected", "seed " + SEED);
    return new MappedFunction() {
      @Override
      public String arn() {
        return function.arn();
      }

      @Override
      public LambdaAnswer invoke(byte[] event) {
        if (random.nextInt(SHARE_FAILING) > 0) {
          LambdaAnswer answer = function.invoke(event);
          assertThat(answer.succeeded()).as(answer.text()).isTrue();
          return answer;
        }
        failures.incrementAndGet();
        if (random.nextBoolean()) {
          function.invoke(event);
        }
        return error;
      }
    };
  }

  /** Changes items; returns how often. */
  private long change(DynamoDbClient dynamoDb, EventSourceMapping mapping) {
    var random = new Random(SEED);
    int i = 0;
    while (i < CHANGES) {
      long behind = i - MAX_AHEAD;
      Awaitility.await("the mapping")
          .atMost(PATIENCE)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(20))
          .until(() -> mapping.counts().succeeded() >= behind);
      String id = Integer.toString(random.nextInt(ITEMS));
      Map<String, AttributeValue> key = Map.of("Id", AttributeValue.fromN(id));
      boolean there;
      if (random.nextInt(4) == 0) {
        there =
            dynamoDb
                .deleteItem(
                    delete -> delete.tableName("Items").key(key).returnValues(ReturnValue.ALL_OLD))
                .hasAttributes();
        if (!there) {
          continue; // nothing has changed
        }
        removals++;
      } else {
        var item = new HashMap<>(key);
        item.put("n", AttributeValue.fromN(Integer.toString(i)));
        there =
            dynamoDb
                .putItem(put -> put.tableName("Items").item(item).returnValues(ReturnValue.ALL_OLD))
                .hasAttributes();
        if (there) {
          modifications++;
        } else {
          inserts++;
        }
      }
      byItem.merge(id, 1L, Long::sum);
      i++;
    }
    return i;
  }

  /** Counts of ended windows, and of the parts of them. */
  private static Map<String, Long> counts(DynamoDbClient dynamoDb) {
    var counts = new TreeMap<String, Long>();
    for (Map<String, AttributeValue> result :
        dynamoDb.scanPaginator(scan -> scan.tableName("WindowResults")).items()) {
      boolean isPart = !result.containsKey("State");
      if (isPart || result.get("State").s().equals("ENDED")) {
        result
            .get("Counts")
            .m()
            .forEach((item, count) -> counts.merge(item, Long.valueOf(count.n()), Long::sum));
      }
    }
    return counts;
  }

  private static long total(DynamoDbClient dynamoDb, String kind) {
    return dynamoDb.scanPaginator(scan -> scan.tableName("WindowResults")).items().stream()
        .filter(result -> result.containsKey(kind))
        .mapToLong(result -> Long.parseLong(result.get(kind).n()))
        .sum();
  }

  private static String createSourceTable(DynamoDbClient dynamoDb) {
    return dynamoDb
        .createTable(
            create ->
                create
                    .tableName("Items")
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .keySchema(key("Id", KeyType.HASH))
                    .attributeDefinitions(attribute("Id", ScalarAttributeType.N))
                    .streamSpecification(
                        stream ->
                            stream.streamEnabled(true).streamViewType(StreamViewType.KEYS_ONLY)))
        .tableDescription()
        .latestStreamArn();
  }

  private static void createResultTable(DynamoDbClient dynamoDb) {
    dynamoDb.createTable(
        create ->
            create
                .tableName("WindowResults")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(key("Window", KeyType.HASH), key("Part", KeyType.RANGE))
                .attributeDefinitions(
                    attribute("Window", ScalarAttributeType.S),
                    attribute("Part", ScalarAttributeType.S)));
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  private static AttributeDefinition attribute(String name, ScalarAttributeType type) {
    return AttributeDefinition.builder().attributeName(name).attributeType(type).build();
  }
}
