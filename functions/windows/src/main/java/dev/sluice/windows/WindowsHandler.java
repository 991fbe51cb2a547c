package dev.sluice.windows;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.enricher.InvalidSettingsException;
import dev.sluice.enricher.Settings;
import dev.sluice.invocation.InvocationLine;
import dev.sluice.invocation.InvocationLog;
import dev.sluice.invocation.TimeLeft;
import dev.sluice.windows.WindowCounter.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The Lambda function: {@code dev.sluice.windows.WindowsHandler::handleRequest}. */
public final class WindowsHandler implements RequestStreamHandler {
  private static final String EVENT_TYPE = "dynamodb-window";

  private final JsonFactory json = new ObjectMapper().getFactory();
  private final WindowSettings settings;
  private final WindowCounter counter;
  private final InvocationLog log;
  private final Clock clock;

  /**
   * Reads the settings, once for each execution environment.
   *
   * @throws InvalidSettingsException with all problems together
   */
  public WindowsHandler() {
    this(
        WindowSettings.from(new Settings(System::getenv)),
        Optional.ofNullable(System.getenv("AWS_LAMBDA_FUNCTION_NAME")).orElse("windows"),
        System.out::println,
        Clock.systemUTC());
  }

  private WindowsHandler(
      WindowSettings settings, String function, Consumer<String> lines, Clock clock) {
    this(
        settings,
        new DynamoWindowResults(
            DynamoWindowResults.openClient(),
            settings.resultTable(),
            clock,
            Duration.ofDays(settings.retentionDays())),
        function,
        lines,
        clock);
  }

  WindowsHandler(
      WindowSettings settings,
      WindowResults results,
      String function,
      Consumer<String> lines,
      Clock clock) {
    this.settings = settings;
    this.clock = clock;
    counter = new WindowCounter(results, settings.maxStateBytes());
    log = new InvocationLog(lines, function, settings.invocation().metricsNamespace());
  }

  @Override
  public void handleRequest(InputStream event, OutputStream response, Context context)
      throws IOException {
    Instant start = clock.instant();
    var line = new InvocationLine(start, context.getAwsRequestId(), EVENT_TYPE);
    int records = 0;
    try {
      WindowEvent window = WindowEvent.read(event, settings.keyAttribute());
      records = window.changes().size();
      line.text("window", window.key().window()).text("shard", window.key().shard());
      Outcome outcome =
          counter.count(
              window,
              new TimeLeft(context::getRemainingTimeInMillis, settings.invocation().timeReserve()));
      tell(outcome, line);
      line.ended(since(start), outcome.counted(), outcome.failures().isEmpty() ? 0 : 1);
      answer(outcome, response);
    } catch (IOException | RuntimeException e) {
      line.ended(since(start), 0, records).failure(e);
      throw e; // Lambda sends the batch again, with the same state
    } finally {
      log.write(line);
    }
  }

  private Duration since(Instant start) {
    return Duration.between(start, clock.instant());
  }

  private static void tell(Outcome outcome, InvocationLine line) {
    line.bytes("state_bytes", outcome.counts().bytes());
    line.count("foreign_state_values", outcome.foreignValues());
    line.count("window_parts", outcome.partsStored());
    line.count("windows_ended", outcome.ended() ? 1 : 0);
    if (outcome.ended()) {
      line.count("window_items", outcome.items());
      for (Map.Entry<ChangeKind, Long> kind : outcome.kinds().entrySet()) {
        String name = kind.getKey().name().toLowerCase(Locale.ROOT);
        line.count("window_changes_" + name, kind.getValue());
      }
    }
  }

  private void answer(Outcome outcome, OutputStream response) throws IOException {
    try (JsonGenerator out = json.createGenerator(response)) {
      out.writeStartObject();
      out.writeFieldName("state");
      out.writeTree(outcome.counts().state());
      outcome.failures().writeTo(out);
      out.writeEndObject();
    }
  }
}
