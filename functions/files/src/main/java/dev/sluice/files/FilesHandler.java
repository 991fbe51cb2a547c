package dev.sluice.files;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.enricher.InvalidSettingsException;
import dev.sluice.enricher.Settings;
import dev.sluice.enricher.UnusableDatabaseException;
import dev.sluice.files.FileProcessor.Processed;
import dev.sluice.files.FileProcessor.Result;
import dev.sluice.files.event.Delivery;
import dev.sluice.files.event.EventBatch;
import dev.sluice.files.event.EventReader;
import dev.sluice.files.event.UploadEvent;
import dev.sluice.files.tracing.TracedStep;
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
import java.util.Optional;

/**
 * The Lambda function: {@code dev.sluice.files.FilesHandler::handleRequest}. An event of a queue is
 * answered with the messages that come again; of any other the invocation fails when something has
 * to come again, and Lambda repeats it.
 */
public final class FilesHandler implements RequestStreamHandler {
  private final JsonFactory json = new JsonFactory();
  private final EventReader reader = new EventReader();
  private final FileFunction function;
  private final InvocationLog log;
  private boolean cold = true;

  /**
   * Reads the settings and opens files, once for each execution environment.
   *
   * @throws InvalidSettingsException with all problems together
   * @throws UnusableDatabaseException if a file cannot be used
   */
  public FilesHandler() {
    this(
        FileFunction.open(
            FilesSettings.from(new Settings(System::getenv)),
            System.out::println,
            Clock.systemUTC()),
        Optional.ofNullable(System.getenv("AWS_LAMBDA_FUNCTION_NAME")).orElse("files"));
  }

  /**
   * A function that was opened elsewhere.
   *
   * @param name the dimension of its metrics
   */
  public FilesHandler(FileFunction function, String name) {
    this.function = function;
    log =
        new InvocationLog(
            function.logLines(), name, function.settings().invocation().metricsNamespace());
  }

  /** One invocation at a time, whatever the runtime does. */
  @Override
  public synchronized void handleRequest(InputStream event, OutputStream response, Context context)
      throws IOException {
    Instant start = function.clock().instant();
    String requestId = context.getAwsRequestId();
    var tally = new InvocationTally();
    String eventType = "unknown";
    Throwable failure = null;
    try (TracedStep span = function.tracing().invocation(requestId, cold)) {
      cold = false;
      EventBatch batch = reader.read(event);
      eventType = batch.source();
      var time =
          new TimeLeft(
              context::getRemainingTimeInMillis, function.settings().invocation().timeReserve());
      BatchItemFailures failures = process(batch, requestId, time, tally);
      if (!batch.ofQueue() && !failures.isEmpty()) {
        span.failed(tally.trouble());
        throw new IllegalStateException("the event has to come again: " + tally.trouble());
      }
      answer(batch, failures, response);
    } catch (IOException | RuntimeException e) {
      failure = e;
      throw e;
    } finally {
      write(new InvocationLine(start, requestId, eventType), tally, start, failure);
    }
  }

  private void write(InvocationLine line, InvocationTally tally, Instant start, Throwable failure) {
    line.ended(
        Duration.between(start, function.clock().instant()), tally.processed(), tally.failed());
    tally.tell(line);
    function.tracing().trouble().ifPresent(why -> line.text("tracing_trouble", why));
    function.databaseAge().ifPresent(age -> line.value("geoip_database_age_days", age.toDays()));
    function.lookupsSinceLast().forEach(line::count);
    if (failure != null) {
      line.failure(failure);
    }
    log.write(line);
  }

  private BatchItemFailures process(
      EventBatch batch, String requestId, TimeLeft time, InvocationTally tally) {
    function.reloadWhenDue();
    var failures = new BatchItemFailures();
    boolean fresh = true;
    for (Delivery delivery : batch.deliveries()) {
      boolean stopped = batch.inOrder() && !failures.isEmpty();
      boolean done = !stopped;
      tally.addIgnored(delivery.ignored());
      if (!delivery.trouble().isEmpty()) {
        tally.addMalformed(delivery.trouble());
        done = false;
      }
      for (UploadEvent upload : delivery.uploads()) {
        Processed processed = stopped ? late() : process(upload, requestId, time, fresh, tally);
        tally.add(processed);
        done &= !processed.comesAgain();
        fresh = false;
      }
      if (!done) {
        failures.add(delivery.messageId());
      }
    }
    return failures;
  }

  private Processed process(
      UploadEvent upload, String requestId, TimeLeft time, boolean fresh, InvocationTally tally) {
    if (upload.bucket().equals(function.settings().outputBucket())) {
      tally.addIgnored(1);
      return Processed.of(Result.REPEATED, "an event of the output bucket: nothing is done for it");
    }
    return time.isShort() ? late() : function.processor().process(upload, requestId, time, fresh);
  }

  private static Processed late() {
    return Processed.of(Result.LATER, "there was no time left");
  }

  private void answer(EventBatch batch, BatchItemFailures failures, OutputStream response)
      throws IOException {
    try (JsonGenerator out = json.createGenerator(response)) {
      out.writeStartObject();
      if (batch.ofQueue()) {
        failures.writeTo(out);
      }
      out.writeEndObject();
    }
  }
}
