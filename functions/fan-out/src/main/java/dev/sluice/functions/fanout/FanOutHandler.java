package dev.sluice.functions.fanout;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.enricher.InvalidSettingsException;
import dev.sluice.enricher.Settings;
import dev.sluice.enricher.UnusableDatabaseException;
import dev.sluice.functions.fanout.BatchMode.Done;
import dev.sluice.functions.fanout.event.StreamBatch;
import dev.sluice.functions.fanout.event.StreamEventReader;
import dev.sluice.invocation.BatchItemFailures;
import dev.sluice.invocation.InvocationLine;
import dev.sluice.invocation.InvocationLog;
import dev.sluice.invocation.TimeLeft;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/** The Lambda function: {@code dev.sluice.functions.fanout.FanOutHandler::handleRequest}. */
public final class FanOutHandler implements RequestStreamHandler {
  private static final String EVENT_TYPE = "kinesis";

  private final JsonFactory json = new JsonFactory();
  private final StreamEventReader reader = new StreamEventReader();
  private final BatchMode mode;
  private final Duration timeReserve;
  private final InvocationLog log;
  private final InstantSource clock;

  /**
   * Reads the settings and opens files, once for each execution environment.
   *
   * @throws InvalidSettingsException with all problems together
   * @throws UnusableDatabaseException if a file cannot be used
   */
  public FanOutHandler() {
    this(
        Optional.ofNullable(System.getenv("AWS_LAMBDA_FUNCTION_NAME")).orElse("fan-out"),
        System.out::println,
        Clock.systemUTC());
  }

  private FanOutHandler(String function, Consumer<String> lines, Clock clock) {
    this(
        FanOutFunctionSettings.from(new Settings(System::getenv), function),
        function,
        lines,
        clock);
  }

  FanOutHandler(
      FanOutFunctionSettings settings,
      String function,
      Consumer<String> lines,
      InstantSource clock) {
    this(
        Modes.open(settings, lines, clock),
        settings.timeReserve(),
        new InvocationLog(lines, function, settings.metricsNamespace()),
        clock);
  }

  /**
   * A function whose mode was opened elsewhere.
   *
   * @param timeReserve no record is begun with less time left
   */
  public FanOutHandler(
      BatchMode mode, Duration timeReserve, InvocationLog log, InstantSource clock) {
    this.mode = mode;
    this.timeReserve = timeReserve;
    this.log = log;
    this.clock = clock;
  }

  /** One invocation at a time, whatever the runtime does. */
  @Override
  public synchronized void handleRequest(InputStream event, OutputStream response, Context context)
      throws IOException {
    Instant start = clock.instant();
    var line = new InvocationLine(start, context.getAwsRequestId(), EVENT_TYPE);
    int records = 0;
    try {
      StreamBatch batch = reader.read(event);
      records = batch.records().size();
      line.text("stream", batch.stream()).text("shard", batch.shardId());
      Done done =
          records == 0
              ? Done.of(0, Books.NONE)
              : mode.process(
                  batch, new TimeLeft(context::getRemainingTimeInMillis, timeReserve), line);
      done.books().tell(line);
      done.trouble().ifPresent(why -> line.text("trouble", why));
      line.ended(since(start), done.records(), records - done.records());
      answer(failures(batch, done), response);
    } catch (IOException | RuntimeException e) {
      line.ended(since(start), 0, records).failure(e);
      throw e; // Lambda sends the batch again
    } finally {
      log.write(line);
    }
  }

  /** The lowest sequence number that is not done: Lambda goes on from there. */
  private static BatchItemFailures failures(StreamBatch batch, Done done) {
    var failures = new BatchItemFailures();
    if (done.records() < batch.records().size()) {
      failures.add(batch.records().get(done.records()).sequenceNumber());
    }
    return failures;
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
