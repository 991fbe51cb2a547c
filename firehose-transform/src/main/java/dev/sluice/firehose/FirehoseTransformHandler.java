package dev.sluice.firehose;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.sluice.enricher.InvalidSettingsException;
import dev.sluice.enricher.Settings;
import dev.sluice.enricher.UnusableDatabaseException;
import dev.sluice.firehose.deadletter.DeadLetters;
import dev.sluice.firehose.overflow.Overflow;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;

/**
 * The Lambda function: {@code dev.sluice.firehose.FirehoseTransformHandler::handleRequest}. Bytes
 * in, bytes out; settings come from the environment, log lines go to the standard output.
 */
public final class FirehoseTransformHandler implements RequestStreamHandler {
  private final FirehoseTransform transform;

  /**
   * Reads the settings and opens files, once for each execution environment.
   *
   * @throws InvalidSettingsException with all problems together
   * @throws UnusableDatabaseException if a file cannot be used
   */
  public FirehoseTransformHandler() {
    this(open(FirehoseSettings.from(new Settings(System::getenv))));
  }

  FirehoseTransformHandler(FirehoseTransform transform) {
    this.transform = transform;
  }

  private static FirehoseTransform open(FirehoseSettings settings) {
    return FirehoseTransform.open(
        settings, Overflow.NONE, DeadLetters.NONE, System.out::println, Clock.systemUTC());
  }

  /** One invocation at a time, whatever the runtime does. */
  @Override
  public synchronized void handleRequest(InputStream event, OutputStream response, Context context)
      throws IOException {
    transform.transform(
        event, response, context.getAwsRequestId(), context::getRemainingTimeInMillis);
  }
}
