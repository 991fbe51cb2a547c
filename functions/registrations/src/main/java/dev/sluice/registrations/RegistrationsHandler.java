package dev.sluice.registrations;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.enricher.InvalidSettingsException;
import dev.sluice.enricher.Settings;
import dev.sluice.invocation.BatchItemFailures;
import dev.sluice.invocation.InvocationLine;
import dev.sluice.invocation.InvocationLog;
import dev.sluice.invocation.TimeLeft;
import dev.sluice.registrations.SqsMessages.Message;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The Lambda function: {@code dev.sluice.registrations.RegistrationsHandler::handleRequest}.
 * Messages that cannot be registered come back, and after the queue's bound of receives they are
 * dead letters; the others never wait for them.
 */
public final class RegistrationsHandler implements RequestStreamHandler {
  /** Customers of one transaction, which holds the locks of their rows. */
  static final int MAX_CUSTOMERS_TOGETHER = 100;

  private static final String EVENT_TYPE = "sqs";
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(8);

  private final JsonFactory json = new JsonFactory();
  private final RegistrationSettings settings;
  private final BothStores stores;
  private final InvocationLog log;
  private final Clock clock;

  /**
   * Reads the settings, once for each execution environment.
   *
   * @throws InvalidSettingsException with all problems together
   */
  public RegistrationsHandler() {
    this(RegistrationSettings.from(new Settings(System::getenv)));
  }

  private RegistrationsHandler(RegistrationSettings settings) {
    this(
        settings,
        new BothStores(
            new MySqlCustomerRows(
                new MySqlConnections(settings.database()),
                settings.rowTable(),
                settings.createTable()),
            new DynamoCustomerItems(
                dynamoDb(),
                settings.itemTable(),
                duration -> Thread.sleep(duration.toMillis()),
                new SecureRandom())),
        Optional.ofNullable(System.getenv("AWS_LAMBDA_FUNCTION_NAME")).orElse("registrations"),
        System.out::println,
        Clock.systemUTC());
  }

  RegistrationsHandler(
      RegistrationSettings settings,
      BothStores stores,
      String function,
      Consumer<String> lines,
      Clock clock) {
    this.settings = settings;
    this.stores = stores;
    this.clock = clock;
    log = new InvocationLog(lines, function, settings.invocation().metricsNamespace());
  }

  private static DynamoDbClient dynamoDb() {
    return DynamoDbClient.builder()
        .httpClientBuilder(
            UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT_TIMEOUT)
                .socketTimeout(CALL_TIMEOUT))
        .overrideConfiguration(overrides -> overrides.apiCallTimeout(CALL_TIMEOUT))
        .build();
  }

  /** What became of the messages of one event. */
  private static final class Tally {
    private final BatchItemFailures failures = new BatchItemFailures();
    private int messages;
    private int malformed;
    private int late;
    private String trouble = "";
  }

  @Override
  public synchronized void handleRequest(InputStream event, OutputStream response, Context context)
      throws IOException {
    Instant start = clock.instant();
    var line = new InvocationLine(start, context.getAwsRequestId(), EVENT_TYPE);
    var tally = new Tally();
    try {
      List<Message> messages = SqsMessages.read(event);
      tally.messages = messages.size();
      register(
          messages,
          new TimeLeft(context::getRemainingTimeInMillis, settings.invocation().timeReserve()),
          tally);
      int failed = tally.failures.count();
      line.ended(since(start), tally.messages - failed, failed)
          .count("messages_malformed", tally.malformed)
          .count("messages_late", tally.late);
      if (!tally.trouble.isEmpty()) {
        line.text("trouble", tally.trouble);
      }
      answer(tally.failures, response);
    } catch (IOException | RuntimeException e) {
      line.ended(since(start), 0, tally.messages).failure(e);
      throw e; // the whole batch comes again
    } finally {
      log.write(line);
    }
  }

  private void register(List<Message> messages, TimeLeft time, Tally tally) {
    // Of two messages for one customer the later one counts; both share what becomes of it.
    var together = new LinkedHashMap<Long, Registration>();
    var waiting = new ArrayList<Waiting>();
    for (Message message : messages) {
      Registration customer;
      try {
        customer = RegistrationReader.read(message.body());
      } catch (BadRegistrationException e) {
        tally.malformed++;
        tally.trouble = e.getMessage();
        tally.failures.add(message.id());
        continue;
      }
      together.put(customer.custId(), customer);
      waiting.add(new Waiting(message.id(), customer.custId()));
      if (together.size() == MAX_CUSTOMERS_TOGETHER) {
        write(together, waiting, time, tally);
      }
    }
    write(together, waiting, time, tally);
  }

  /** A message, and whom it registers. */
  private record Waiting(String messageId, long custId) {}

  private void write(
      Map<Long, Registration> together, List<Waiting> waiting, TimeLeft time, Tally tally) {
    if (together.isEmpty()) {
      return;
    }
    Set<Long> failed = new HashSet<>(together.keySet());
    if (time.isShort()) {
      tally.late += waiting.size();
    } else {
      try {
        failed = stores.write(List.copyOf(together.values()));
      } catch (SQLException | RuntimeException e) {
        // Its message may quote a name.
        tally.trouble = e.getClass().getName() + state(e);
      }
    }
    for (Waiting message : waiting) {
      if (failed.contains(message.custId())) {
        tally.failures.add(message.messageId());
      }
    }
    together.clear();
    waiting.clear();
  }

  private static String state(Exception e) {
    return e instanceof SQLException sql ? ", SQL state " + sql.getSQLState() : "";
  }

  private Duration since(Instant start) {
    return Duration.between(start, clock.instant());
  }

  private void answer(BatchItemFailures failures, OutputStream response) throws IOException {
    try (JsonGenerator out = json.createGenerator(response)) {
      out.writeStartObject();
      failures.writeTo(out);
      out.writeEndObject();
    }
  }
}
