package dev.sluice.cli.demo;

import dev.sluice.cli.CannotRunException;
import dev.sluice.local.TemporaryFolder;
import dev.sluice.local.lambda.LocalLambda;
import dev.sluice.local.mapping.EventSourceMapping;
import dev.sluice.local.mapping.EventSourceMappings;
import dev.sluice.local.mapping.MappedFunction;
import dev.sluice.local.mapping.MappingListener;
import dev.sluice.local.mapping.SourceClients;
import dev.sluice.local.mapping.SqsMappingOptions;
import dev.sluice.local.mariadb.LocalMariaDb;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Customers out of a queue, with poison among them, into DynamoDB and a MariaDB. */
final class RegistrationsDemo implements DemoPart {

  private static final String HANDLER =
      "dev.sluice.registrations.RegistrationsHandler::handleRequest";
  private static final String TABLE = "Customer";
  private static final int CUSTOMERS = 300;
  private static final List<String> POISON =
      List.of("no JSON", "{\"CustID\":\"7\",\"Name\":\"a text\"}");
  private static final int MAX_RECEIVES = 5;

  /** Short, so that poison comes again soon. */
  private static final String VISIBILITY_SECONDS = "1";

  private final PackagedFunctions functions;

  RegistrationsDemo(PackagedFunctions functions) {
    this.functions = functions;
  }

  @Override
  public String title() {
    return "SQS -> Lambda -> DynamoDB and MySQL (MariaDB)";
  }

  @Override
  public boolean needsQueues() {
    return LocalMariaDb.runsHere();
  }

  @Override
  public List<Proof> prove(DemoStack stack) {
    if (!LocalMariaDb.runsHere()) {
      return List.of(
          Proof.of(
              List.of(),
              "not run: there are no binaries of MariaDB for this machine on the class path"
                  + " (the build brings those for Linux on x86-64, 149 MB)"));
    }
    try (var folder = TemporaryFolder.create("sluice-mariadb-");
        LocalMariaDb database = LocalMariaDb.start(folder.path());
        var clients = new SourceClients(stack.aws());
        LocalLambda lambda =
            functions.start("registrations", HANDLER, stack, environment(database))) {
      DemoTables.numbered(clients.dynamoDb(), TABLE, "CustID", create -> {});
      SqsClient sqs = clients.sqs();
      String dead = queue(sqs, "demo-registrations-dead", Map.of());
      String queue =
          queue(
              sqs,
              "demo-registrations",
              Map.of(
                  QueueAttributeName.REDRIVE_POLICY,
                  "{\"deadLetterTargetArn\":\""
                      + attributes(sqs, dead).get(QueueAttributeName.QUEUE_ARN)
                      + "\",\"maxReceiveCount\":\""
                      + MAX_RECEIVES
                      + "\"}"));
      Map<Long, String> customers = send(sqs, queue);
      try (EventSourceMapping mapping =
          EventSourceMappings.system()
              .ofQueue(
                  sqs,
                  SqsMappingOptions.of(queue).withReportBatchItemFailures(true),
                  MappedFunction.of(lambda),
                  MappingListener.NONE)
              .start()) {
        DemoWait.until(
            " registrations and dead letters",
            CUSTOMERS + POISON.size(),
            () -> mapping.counts().succeeded() + messages(sqs, dead),
            () -> true,
            () -> {});
      }
      return List.of(proof(customers, items(clients), rows(database), messages(sqs, dead)));
    }
  }

  private static Map<String, String> environment(LocalMariaDb database) {
    return Map.of(
        "DATABASE_HOST", "127.0.0.1",
        "DATABASE_PORT", Integer.toString(database.port()),
        "DATABASE_NAME", LocalMariaDb.DATABASE,
        "DATABASE_USER", LocalMariaDb.USER,
        "DATABASE_LOGIN", "password",
        "DATABASE_PASSWORD", "unchecked",
        "DATABASE_TLS", "off");
  }

  private static String queue(
      SqsClient sqs, String name, Map<QueueAttributeName, String> attributes) {
    var all = new HashMap<>(attributes);
    all.put(QueueAttributeName.VISIBILITY_TIMEOUT, VISIBILITY_SECONDS);
    return sqs.createQueue(create -> create.queueName(name).attributes(all)).queueUrl();
  }

  private static Map<QueueAttributeName, String> attributes(SqsClient sqs, String queueUrl) {
    return sqs.getQueueAttributes(
            get -> get.queueUrl(queueUrl).attributeNames(QueueAttributeName.ALL))
        .attributes();
  }

  private static long messages(SqsClient sqs, String queueUrl) {
    return Long.parseLong(
        attributes(sqs, queueUrl).get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES));
  }

  private static Map<Long, String> send(SqsClient sqs, String queueUrl) {
    var customers = new TreeMap<Long, String>();
    for (long custId = 1; custId <= CUSTOMERS; custId++) {
      String name = "Customer " + custId;
      customers.put(custId, name);
      String body = "{\"CustID\":" + custId + ",\"Name\":\"" + name + "\"}";
      sqs.sendMessage(send -> send.queueUrl(queueUrl).messageBody(body));
    }
    POISON.forEach(body -> sqs.sendMessage(send -> send.queueUrl(queueUrl).messageBody(body)));
    return customers;
  }

  private static Map<Long, String> items(SourceClients clients) {
    var items = new TreeMap<Long, String>();
    for (Map<String, AttributeValue> item :
        clients.dynamoDb().scanPaginator(scan -> scan.tableName(TABLE)).items()) {
      items.put(Long.valueOf(item.get("CustID").n()), item.get("Name").s());
    }
    return items;
  }

  private static Map<Long, String> rows(LocalMariaDb database) {
    var rows = new TreeMap<Long, String>();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("SELECT CustID, Name FROM " + TABLE)) {
      while (found.next()) {
        rows.put(found.getLong(1), found.getString(2));
      }
    } catch (SQLException e) {
      throw new CannotRunException("MariaDB does not answer: " + e.getMessage(), e);
    }
    return rows;
  }

  private static Proof proof(
      Map<Long, String> customers, Map<Long, String> items, Map<Long, String> rows, long dead) {
    var discrepancies = new ArrayList<String>();
    if (!items.equals(customers)) {
      discrepancies.add("the items are not the customers that were sent");
    }
    if (!rows.equals(customers)) {
      discrepancies.add("the rows are not the customers that were sent");
    }
    if (dead != POISON.size()) {
      discrepancies.add(dead + " dead letters, not " + POISON.size());
    }
    return Proof.of(
        discrepancies,
        "%,d messages = %,d customers, each an item and a row + %d dead letters after %d receives",
        CUSTOMERS + POISON.size(),
        items.size(),
        dead,
        MAX_RECEIVES);
  }
}
