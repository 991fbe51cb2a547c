package dev.sluice.cli.demo;

import dev.sluice.local.lambda.LocalLambda;
import dev.sluice.local.mapping.EventSourceMapping;
import dev.sluice.local.mapping.EventSourceMappings;
import dev.sluice.local.mapping.MappedFunction;
import dev.sluice.local.mapping.MappingListener;
import dev.sluice.local.mapping.SourceClients;
import dev.sluice.local.mapping.StartingPosition;
import dev.sluice.local.mapping.StreamMappingOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/**
 * Changes of items, counted in tumbling windows by the packaged function behind a table's stream.
 */
final class WindowsDemo implements DemoPart {

  private static final String HANDLER = "dev.sluice.windows.WindowsHandler::handleRequest";
  private static final String ITEMS = "demo-items";
  private static final String RESULTS = "demo-windows";
  private static final int CHANGES = 400;
  private static final int ITEM_COUNT = 20;
  private static final int BATCH_SIZE = 50;
  private static final Duration WINDOW = Duration.ofSeconds(1);
  private static final Duration IDLE = Duration.ofSeconds(1);

  private final PackagedFunctions functions;

  WindowsDemo(PackagedFunctions functions) {
    this.functions = functions;
  }

  @Override
  public String title() {
    return "DynamoDB -> its stream -> Lambda with tumbling windows -> DynamoDB";
  }

  @Override
  public List<Proof> prove(DemoStack stack) {
    try (var clients = new SourceClients(stack.aws());
        LocalLambda lambda =
            functions.start("windows", HANDLER, stack, Map.of("RESULT_TABLE", RESULTS))) {
      DemoTables.ranged(clients.dynamoDb(), RESULTS, "Window", "Part");
      String stream =
          DemoTables.numbered(
                  clients.dynamoDb(),
                  ITEMS,
                  "Id",
                  create ->
                      create.streamSpecification(
                          enable ->
                              enable.streamEnabled(true).streamViewType(StreamViewType.KEYS_ONLY)))
              .latestStreamArn();
      EventSourceMapping mapping =
          EventSourceMappings.system()
              .ofDynamoDb(
                  clients.streams(),
                  stream,
                  StreamMappingOptions.from(StartingPosition.TRIM_HORIZON)
                      .withBatch(BATCH_SIZE, Duration.ZERO)
                      .withReportBatchItemFailures(true)
                      .withTumblingWindow(WINDOW, IDLE),
                  MappedFunction.of(lambda),
                  MappingListener.NONE)
              .start();
      Map<String, Long> changed;
      try (mapping) {
        changed = change(clients.dynamoDb());
        DemoWait.until(
            " changes in results of windows",
            CHANGES,
            () -> sum(finals(clients.dynamoDb())),
            () -> true,
            () -> {});
      }
      return List.of(proof(changed, finals(clients.dynamoDb()), mapping));
    }
  }

  /** Puts items, each several times; what a demo proves needs no chance. */
  private static Map<String, Long> change(DynamoDbClient dynamoDb) {
    var changed = new TreeMap<String, Long>();
    for (int i = 0; i < CHANGES; i++) {
      String id = Integer.toString(i * 7 % ITEM_COUNT);
      Map<String, AttributeValue> item =
          Map.of("Id", AttributeValue.fromN(id), "n", AttributeValue.fromN(Integer.toString(i)));
      dynamoDb.putItem(put -> put.tableName(ITEMS).item(item));
      changed.merge(id, 1L, Long::sum);
    }
    return changed;
  }

  /** Counts of windows that have ended, by item. */
  private static Map<String, Long> finals(DynamoDbClient dynamoDb) {
    var counts = new TreeMap<String, Long>();
    for (Map<String, AttributeValue> result :
        dynamoDb.scanPaginator(scan -> scan.tableName(RESULTS)).items()) {
      if (result.containsKey("State") && result.get("State").s().equals("ENDED")) {
        result
            .get("Counts")
            .m()
            .forEach((item, count) -> counts.merge(item, Long.valueOf(count.n()), Long::sum));
      }
    }
    return counts;
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static Proof proof(
      Map<String, Long> changed, Map<String, Long> finals, EventSourceMapping mapping) {
    var discrepancies = new ArrayList<String>();
    changed.forEach(
        (item, changes) -> {
          if (!changes.equals(finals.get(item))) {
            discrepancies.add(
                "item " + item + " changed " + changes + " times, counted " + finals.get(item));
          }
        });
    return Proof.of(
        discrepancies,
        "%,d changes of %d items = %,d in the finals of %d windows, %d invocations",
        CHANGES,
        ITEM_COUNT,
        sum(finals),
        mapping.counts().windowsEnded(),
        mapping.counts().invocations());
  }
}
