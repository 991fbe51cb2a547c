package dev.sluice.firehose;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.sluice.enricher.InvalidSettingsException;
import dev.sluice.enricher.Settings;
import dev.sluice.enricher.UnusableDatabaseException;
import dev.sluice.firehose.deadletter.DeadLetters;
import dev.sluice.firehose.deadletter.QueuedLines;
import dev.sluice.firehose.overflow.Overflow;
import dev.sluice.firehose.overflow.Reingest;
import dev.sluice.firehose.sending.BatchSender;
import dev.sluice.firehose.sending.Pause;
import dev.sluice.firehose.sending.RetryPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.SplittableRandom;

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
    var sender =
        new BatchSender(
            RetryPolicy.attempts(settings.reingestMaxAttempts()),
            Pause.SLEEP,
            new SplittableRandom());
    return FirehoseTransform.open(
        settings,
        overflow(settings, sender),
        deadLetters(settings, sender),
        System.out::println,
        Clock.systemUTC());
  }

  private static Overflow overflow(FirehoseSettings settings, BatchSender sender) {
    boolean alsoToStreams = settings.reingest() == FirehoseSettings.Reingest.ALL;
    return switch (settings.reingest()) {
      case OFF -> Overflow.NONE;
      case DIRECT_PUT, ALL ->
          new Reingest(alsoToStreams, AwsClients::firehose, AwsClients::kinesis, sender);
    };
  }

  private static DeadLetters deadLetters(FirehoseSettings settings, BatchSender sender) {
    return settings
        .deadLetterQueueUrl()
        .<DeadLetters>map(url -> new QueuedLines(url, AwsClients::sqs, sender))
        .orElse(DeadLetters.NONE);
  }

  /** One invocation at a time, whatever the runtime does. */
  @Override
  public synchronized void handleRequest(InputStream event, OutputStream response, Context context)
      throws IOException {
    transform.transform(
        event, response, context.getAwsRequestId(), context::getRemainingTimeInMillis);
  }
}
