package dev.sluice.firehose;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.sluice.enricher.InvalidSettingsException;
import dev.sluice.enricher.Settings;
import dev.sluice.enricher.UnusableDatabaseException;
import dev.sluice.firehose.database.GeoIpLayer;
import dev.sluice.firehose.deadletter.DeadLetters;
import dev.sluice.firehose.overflow.Overflow;
import dev.sluice.firehose.overflow.Reingest;
import dev.sluice.firehose.tracing.OpenTelemetryTracing;
import dev.sluice.firehose.tracing.Tracing;
import dev.sluice.lookups.database.DatabaseFetch;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import org.crac.Core;
import org.crac.Resource;

/**
 * The Lambda function: {@code dev.sluice.firehose.FirehoseTransformHandler::handleRequest}. Bytes
 * in, bytes out; settings come from the environment, log lines go to the standard output.
 */
public final class FirehoseTransformHandler implements RequestStreamHandler, Resource {
  private final FirehoseTransform transform;

  /**
   * Reads the settings and opens files, once for each execution environment.
   *
   * @throws InvalidSettingsException with all problems together
   * @throws UnusableDatabaseException if a file cannot be used
   */
  public FirehoseTransformHandler() {
    this(FirehoseSettings.from(settings()), System.out::println);
  }

  /**
   * Opens files by settings that come from elsewhere.
   *
   * @param logLines takes log lines without line end
   * @throws UnusableDatabaseException if a file cannot be used
   */
  public FirehoseTransformHandler(FirehoseSettings settings, Consumer<String> logLines) {
    this(open(settings, logLines));
    Core.getGlobalContext().register(this);
  }

  FirehoseTransformHandler(FirehoseTransform transform) {
    this.transform = transform;
  }

  private static Settings settings() {
    return new Settings(GeoIpLayer.behind(System::getenv, GeoIpLayer.ROOT));
  }

  private static FirehoseTransform open(FirehoseSettings settings, Consumer<String> logLines) {
    return FirehoseTransform.open(
        settings,
        fetch(settings),
        overflow(settings),
        deadLetters(settings),
        logLines,
        Clock.systemUTC(),
        tracing(settings));
  }

  // What follows loads classes of the AWS SDK and of OpenTelemetry only where a setting, or a
  // record, needs them.

  private static DatabaseFetch fetch(FirehoseSettings settings) {
    return settings.remoteDatabases().isEmpty()
        ? DatabaseFetch.NOTHING
        : AwsClients.databases(settings.remoteDatabases());
  }

  private static Overflow overflow(FirehoseSettings settings) {
    if (settings.reingest() == FirehoseSettings.Reingest.OFF) {
      return Overflow.NONE;
    }
    return new Reingest(
        settings.reingest() == FirehoseSettings.Reingest.ALL,
        () -> AwsClients.reingest(settings.reingestMaxAttempts()));
  }

  private static DeadLetters deadLetters(FirehoseSettings settings) {
    Optional<String> url = settings.deadLetterQueueUrl();
    return url.isEmpty()
        ? DeadLetters.NONE
        : AwsClients.queue(url.get(), settings.reingestMaxAttempts());
  }

  private static Tracing tracing(FirehoseSettings settings) {
    return settings.traces() == FirehoseSettings.Traces.OFF
        ? Tracing.OFF
        : OpenTelemetryTracing.global();
  }

  /** One invocation at a time, whatever the runtime does. */
  @Override
  public synchronized void handleRequest(InputStream event, OutputStream response, Context context)
      throws IOException {
    transform.transform(
        event, response, context.getAwsRequestId(), context::getRemainingTimeInMillis);
  }

  /** Warms up; SnapStart then takes its snapshot. */
  @Override
  public void beforeCheckpoint(org.crac.Context<? extends Resource> context) {
    transform.prime();
  }

  /** Databases are looked at again by the first event, when it is time to. */
  @Override
  public void afterRestore(org.crac.Context<? extends Resource> context) {
    // nothing is open but files
  }
}
