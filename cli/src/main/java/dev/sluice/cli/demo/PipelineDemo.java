package dev.sluice.cli.demo;

import dev.sluice.local.recording.SnsMessage;
import dev.sluice.producers.PartitionKeys;
import dev.sluice.producers.ReplayOptions;
import dev.sluice.producers.ReplayResult;
import dev.sluice.producers.command.TerminalLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.sns.SnsClient;

/**
 * Fan-out and the two stages: a log with a burst of errors, read by three applications, one of
 * which writes a second stream that a fourth reads.
 */
final class PipelineDemo implements DemoPart {

  /** Below what the shards take, so that nothing is sent again and lines come in their order. */
  private static final double LINES_PER_SECOND = 1_500;

  /** One when the burst begins, one when it is over. */
  private static final int ALERTS_DUE = 2;

  private static final String TOPIC = "demo-alerts";

  /** Reference data: which team a page belongs to. */
  private static final Map<String, String> TEAMS =
      new TreeMap<>(
          Map.of("index", "home", "product", "shop", "cart", "shop", "search", "discovery"));

  private final DemoInput input;
  private final PrintWriter err;
  private final InstantSource clock;

  /**
   * @param input its database, and how many lines; the log is one of the demo's own
   */
  PipelineDemo(DemoInput input, PrintWriter err, InstantSource clock) {
    this.input = input;
    this.err = err;
    this.clock = clock;
  }

  @Override
  public String title() {
    return "Log with an error burst -> enrich (two stages, S3), alerts (SNS), metrics (CloudWatch)";
  }

  @Override
  public List<Proof> prove(DemoStack stack) throws IOException, InterruptedException {
    stack.createStream(PipelineSettings.STREAM);
    stack.createStream(PipelineSettings.BASIC_STREAM);
    createTable(stack.clients().dynamoDb());
    var settings = new PipelineSettings(input.geoip(), createTopic(stack));
    ReplayResult replayed;
    List<String> badEnds;
    try (var consumers = PipelineConsumers.start(stack, settings);
        var terminal = TerminalLine.ifTerminal(err)) {
      consumers.awaitShards();
      err.println("  four applications read their shards; replaying");
      replayed =
          DemoInput.replay(
              BurstLog.before(clock.instant(), input.maxLines()).open(),
              ReplayOptions.to(PipelineSettings.STREAM)
                  .withPartitionKeys(PartitionKeys.lineNumber())
                  .withLinesPerSecond(LINES_PER_SECOND),
              stack,
              sent -> show(terminal, consumers, sent));
      consumers.awaitAll(replayed.sent(), () -> show(terminal, consumers, replayed.sent()));
      consumers.awaitAlerts(ALERTS_DUE, () -> messages(stack, settings.topicArn()).size());
      badEnds = consumers.stop();
    }
    err.println("  all four are through; comparing");
    PipelineTruth truth = PipelineTruth.read(stack.clients().kinesis(), settings);
    var proofs = new PipelineProofs(stack, truth);
    var minutes = new MinuteProofs(new MinuteTruth(truth.basic()));
    var proved = new ArrayList<Proof>();
    proved.add(proofs.basic(replayed.sent()));
    proved.add(proofs.between());
    proved.add(proofs.advanced(TEAMS));
    proved.add(minutes.alerts(messages(stack, settings.topicArn())));
    proved.add(minutes.metrics(stack.aws().cloudWatch().values()));
    proved.add(Proof.of(badEnds, "all four applications ended in order"));
    return proved;
  }

  private static void show(TerminalLine terminal, PipelineConsumers consumers, long sent) {
    if (terminal.isDue()) {
      terminal.show(consumers.progress(sent));
    }
  }

  private static List<SnsMessage> messages(DemoStack stack, String topicArn) {
    return stack.aws().sns().messages().stream()
        .filter(message -> message.topicArn().equals(topicArn))
        .toList();
  }

  private static String createTopic(DemoStack stack) {
    try (SnsClient sns = stack.clients().sns().get()) {
      return sns.createTopic(create -> create.name(TOPIC)).topicArn();
    }
  }

  private static void createTable(DynamoDbAsyncClient dynamoDb) {
    String key = PipelineSettings.TABLE_KEY;
    dynamoDb
        .createTable(
            create ->
                create
                    .tableName(PipelineSettings.TABLE)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .keySchema(
                        KeySchemaElement.builder().attributeName(key).keyType(KeyType.HASH).build())
                    .attributeDefinitions(
                        AttributeDefinition.builder()
                            .attributeName(key)
                            .attributeType(ScalarAttributeType.S)
                            .build()))
        .join();
    TEAMS.forEach(
        (page, team) ->
            dynamoDb
                .putItem(
                    put ->
                        put.tableName(PipelineSettings.TABLE)
                            .item(
                                Map.of(
                                    key,
                                    AttributeValue.fromS(page),
                                    PipelineSettings.TABLE_ATTRIBUTE,
                                    AttributeValue.fromS(team))))
                .join());
  }
}
