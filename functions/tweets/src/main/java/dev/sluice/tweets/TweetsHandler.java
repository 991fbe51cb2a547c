package dev.sluice.tweets;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.enricher.InvalidSettingsException;
import dev.sluice.enricher.Settings;
import dev.sluice.invocation.BatchItemFailures;
import dev.sluice.invocation.InvocationLine;
import dev.sluice.invocation.InvocationLog;
import dev.sluice.invocation.InvocationSettings;
import dev.sluice.invocation.TimeLeft;
import dev.sluice.tweets.photo.FetchRules;
import dev.sluice.tweets.photo.PhotoFetcher;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The Lambda function: {@code dev.sluice.tweets.TweetsHandler::handleRequest}. */
public final class TweetsHandler implements RequestStreamHandler {
  private static final String EVENT_TYPE = "kinesis";

  private final JsonFactory json = new JsonFactory();
  private final InvocationSettings settings;
  private final TweetKeeper keeper;
  private final DeadLetters deadLetters;
  private final TweetWorkers workers = new TweetWorkers();
  private final InvocationLog log;
  private final Clock clock;

  /**
   * Reads the settings, once for each execution environment.
   *
   * @throws InvalidSettingsException with all problems together
   */
  public TweetsHandler() {
    this(TweetSettings.from(new Settings(System::getenv)));
  }

  private TweetsHandler(TweetSettings settings) {
    this(
        settings.invocation(),
        new TweetKeeper(
            new DynamoTweetTable(AwsClients.dynamoDb(), settings.tweetTable()),
            settings
                .mediaBucket()
                .map(
                    bucket ->
                        new PhotoStage(
                            new PhotoFetcher(
                                FetchRules.forHosts(settings.photoHosts()), new SecureRandom()),
                            new S3MediaStore(AwsClients.s3(), bucket),
                            settings.photosAtOnce(),
                            TweetWorkers.TWEETS_AT_ONCE))),
        settings
            .deadLetterQueueUrl()
            .<DeadLetters>map(queue -> new QueuedRecords(AwsClients.sqs(), queue))
            .orElse(DeadLetters.none()),
        Optional.ofNullable(System.getenv("AWS_LAMBDA_FUNCTION_NAME")).orElse("tweets"),
        System.out::println,
        Clock.systemUTC());
  }

  TweetsHandler(
      InvocationSettings settings,
      TweetKeeper keeper,
      DeadLetters deadLetters,
      String function,
      Consumer<String> lines,
      Clock clock) {
    this.settings = settings;
    this.keeper = keeper;
    this.deadLetters = deadLetters;
    this.clock = clock;
    log = new InvocationLog(lines, function, settings.metricsNamespace());
  }

  @Override
  public void handleRequest(InputStream event, OutputStream response, Context context)
      throws IOException {
    Instant start = clock.instant();
    var line = new InvocationLine(start, context.getAwsRequestId(), EVENT_TYPE);
    var time = new TimeLeft(context::getRemainingTimeInMillis, settings.timeReserve());
    int count = 0;
    try {
      List<KinesisRecord> records = KinesisRecord.read(event);
      count = records.size();
      var tally = new BatchTally();
      var batch = new TweetBatch(records, keeper, deadLetters, time, tally);
      workers.run(batch);
      int done = batch.finish();
      var failures = new BatchItemFailures();
      if (done < count) {
        failures.add(records.get(done).sequenceNumber());
      }
      tally.tell(line);
      line.ended(since(start), done, count - done);
      answer(failures, response);
    } catch (IOException | RuntimeException e) {
      line.ended(since(start), 0, count).failure(e);
      throw e; // the whole batch comes again
    } finally {
      log.write(line);
    }
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
