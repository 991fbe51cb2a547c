package dev.sluice.firehose;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.sluice.enricher.LineEnricher;
import dev.sluice.firehose.answer.EventTransformer;
import dev.sluice.firehose.answer.InvocationCounts;
import dev.sluice.firehose.deadletter.DeadLetters;
import dev.sluice.firehose.event.EventReader;
import dev.sluice.firehose.event.FirehoseEvent;
import dev.sluice.firehose.overflow.Overflow;
import dev.sluice.firehose.partition.Partitions;
import dev.sluice.firehose.record.RecordTransformer;
import dev.sluice.firehose.tracing.TracedDeadLetters;
import dev.sluice.firehose.tracing.TracedOverflow;
import dev.sluice.firehose.tracing.TracedStep;
import dev.sluice.firehose.tracing.Tracing;
import dev.sluice.lookups.LookupSettings;
import dev.sluice.lookups.LookupTally;
import dev.sluice.lookups.Lookups;
import dev.sluice.lookups.database.DatabaseFetch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * One execution environment of the function: an event in, a response out, a line in the log. Not
 * thread-safe.
 */
final class FirehoseTransform implements AutoCloseable {
  static final String KINESIS_EVENT = "firehose_from_kinesis";
  static final String DIRECT_PUT_EVENT = "firehose_direct_put";
  static final String UNKNOWN_EVENT = "unknown";

  /** Enough for the first compiler; the second one needs real traffic. */
  private static final int PRIMING_ROUNDS = 300;

  private final OpenedEnricher enricher;
  private final Lookups lookups; // null when nothing is looked up
  private final LookupTally lookupTally;
  private final EventTransformer transformer;
  private final InvocationLog log;
  private final Consumer<String> logLines;
  private final Clock clock;
  private final Tracing tracing;
  private final EventReader reader = new EventReader();
  private boolean cold = true;

  private FirehoseTransform(
      OpenedEnricher enricher,
      Lookups lookups,
      EventTransformer transformer,
      InvocationLog log,
      Consumer<String> logLines,
      Clock clock,
      Tracing tracing) {
    this.enricher = enricher;
    this.lookups = lookups;
    lookupTally = new LookupTally(lookups);
    this.transformer = transformer;
    this.log = log;
    this.logLines = logLines;
    this.clock = clock;
    this.tracing = tracing;
  }

  /**
   * Opens the files that the settings name.
   *
   * @param remote fetches databases that lie in S3
   * @param overflow takes records that find no room; not closed here
   * @param deadLetters takes rejected lines; not closed here
   * @param logLines takes log lines without line end
   * @param tracing makes spans of invocations and their steps
   */
  static FirehoseTransform open(
      FirehoseSettings settings,
      DatabaseFetch remote,
      Overflow overflow,
      DeadLetters deadLetters,
      Consumer<String> logLines,
      Clock clock,
      Tracing tracing) {
    OpenedEnricher enricher = OpenedEnricher.open(settings, remote, clock, tracing);
    Lookups lookups = lookups(settings.lookups(), enricher, logLines, clock);
    LineEnricher line =
        lookups == null
            ? enricher.enricher().newLineEnricher()
            : enricher.enricher().newLineEnricher(lookups.newLineLookups());
    var records =
        new RecordTransformer(
            line,
            new Partitions(settings.partitions(), clock),
            settings.rules(),
            settings.maxResponseBytes(),
            settings.enricher().maxLineBytes());
    var transformer =
        new EventTransformer(
            records,
            new TracedOverflow(overflow, tracing),
            new TracedDeadLetters(deadLetters, tracing),
            settings.maxResponseBytes(),
            Math.toIntExact(settings.timeReserve().toMillis()));
    var log = new InvocationLog(logLines, settings.metrics(), settings.metricsNamespace());
    for (String why : enricher.unusable()) {
      logLines.accept(warning(clock, why));
    }
    Optional<String> trouble = tracing.trouble();
    if (trouble.isPresent()) {
      logLines.accept(warning(clock, trouble.get()));
    }
    return new FirehoseTransform(enricher, lookups, transformer, log, logLines, clock, tracing);
  }

  /** Loads classes of the AWS SDK only where something is looked up. */
  private static Lookups lookups(
      LookupSettings settings, OpenedEnricher enricher, Consumer<String> logLines, Clock clock) {
    if (settings.isOff()) {
      return null;
    }
    try {
      return AwsClients.lookups(
          settings, enricher.enricher(), new LoggedLookupEvents(logLines, clock));
    } catch (RuntimeException cannotOpen) {
      enricher.close();
      throw cannotOpen;
    }
  }

  /**
   * Answers one event.
   *
   * @param remainingMillis time until the invocation is ended
   * @throws IOException if the event cannot be read or the response not be written
   */
  void transform(InputStream in, OutputStream out, String requestId, IntSupplier remainingMillis)
      throws IOException {
    Instant start = clock.instant();
    var counts = new InvocationCounts();
    FirehoseEvent event = null;
    Throwable failure = null;
    TracedStep invocation = tracing.invocation(requestId, cold);
    try {
      for (String why : enricher.reloadWhenDue()) {
        logLines.accept(warning(clock, "not reloaded: " + why));
      }
      event = reader.read(in);
      lookUp(event, remainingMillis);
      answer(event, remainingMillis, counts, out);
    } catch (IOException | RuntimeException | Error broken) {
      failure = broken;
      throw broken;
    } finally {
      end(invocation, event, failure);
      Instant end = clock.instant();
      log.write(
          new InvocationLog.Entry(
              end,
              requestId,
              event == null ? "" : event.deliveryStreamName(),
              eventType(event),
              Duration.between(start, end),
              cold,
              counts,
              enricher.unusable().size(),
              enricher.databaseAge(),
              lookupTally.sinceLast(),
              failure));
      reader.letGo(); // its bytes may be those of the runtime
      cold = false;
    }
  }

  private void lookUp(FirehoseEvent event, IntSupplier remainingMillis) {
    if (lookups == null) {
      return;
    }
    try (TracedStep step = tracing.step("look-ups")) {
      step.put("records", event.records());
      transformer.lookUp(event, remainingMillis);
    }
  }

  private void answer(
      FirehoseEvent event, IntSupplier remainingMillis, InvocationCounts counts, OutputStream out)
      throws IOException {
    try (TracedStep step = tracing.step("transform")) {
      try {
        transformer.transform(event, remainingMillis, counts, out);
      } finally {
        step.put("records_processed", counts.records());
        step.put("records_ok", counts.ok());
        step.put("records_dropped", counts.dropped());
        step.put("records_failed", counts.failed());
        step.put("records_reingested", counts.reingested());
        step.put("lines_enriched", counts.linesEnriched());
        step.put("lines_enriched_with_warnings", counts.linesWarned());
        step.put("lines_dropped", counts.linesDropped());
        step.put("lines_rejected", counts.linesRejected());
        step.put("lines_dead_lettered", counts.deadLetters());
        step.put("response_bytes", counts.responseBytes());
        step.put("stopped_early", counts.stoppedEarly() ? 1 : 0);
      }
    }
  }

  /** Failed records are no failure of the invocation: they have their answer. */
  private static void end(TracedStep invocation, FirehoseEvent event, Throwable failure) {
    invocation.put("event_type", eventType(event));
    invocation.put("delivery_stream", event == null ? "" : event.deliveryStreamName());
    if (failure != null) {
      invocation.failed(failure.getClass().getName());
    } else if (!event.isKnown()) {
      invocation.failed("not an event of Firehose");
    }
    invocation.close();
  }

  private static String eventType(FirehoseEvent event) {
    if (event == null || !event.isKnown()) {
      return UNKNOWN_EVENT;
    }
    return event.hasKinesisSource() ? KINESIS_EVENT : DIRECT_PUT_EVENT;
  }

  static String warning(Clock clock, String message) {
    return "{\"timestamp\":\""
        + clock.instant()
        + "\",\"level\":\"WARN\",\"message\":\""
        + new String(JsonStringEncoder.getInstance().quoteAsString(message))
        + "\"}";
  }

  /**
   * Answers a small event of its own that nobody sees, and looks nothing up for it, so that classes
   * are loaded and methods are compiled before a snapshot is taken of the process.
   */
  void prime() {
    var event = new ByteArrayInputStream(primingEvent().getBytes(StandardCharsets.US_ASCII));
    var response = new ByteArrayOutputStream(); // as the runtime's
    try {
      for (int round = 0; round < PRIMING_ROUNDS; round++) {
        event.reset();
        response.reset();
        transformer.transform(
            reader.read(event), () -> Integer.MAX_VALUE, new InvocationCounts(), response);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory only: it cannot happen
    }
  }

  private static String primingEvent() {
    String line =
        "192.0.2.1 - - [01/Jan/2026:00:00:00 +0000] \"GET /index.html HTTP/1.1\" 200 1"
            + " \"http://example.com/\" \"Mozilla/5.0 (X11; Linux x86_64)"
            + " AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36\"";
    String data = Base64.getEncoder().encodeToString(line.getBytes(StandardCharsets.US_ASCII));
    return "{\"invocationId\":\"priming\",\"deliveryStreamArn\":\"priming\",\"region\":\"\","
        + "\"records\":[{\"recordId\":\"priming\",\"approximateArrivalTimestamp\":0,"
        + "\"data\":\""
        + data
        + "\"}]}";
  }

  @Override
  public void close() {
    if (lookups != null) {
      lookups.close();
    }
    enricher.close();
  }
}
