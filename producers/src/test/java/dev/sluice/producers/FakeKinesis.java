package dev.sluice.producers;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/** Records every PutRecords request, and stores what the test lets it store. */
public class FakeKinesis implements KinesisClient {
  private final List<PutRecordsRequest> requests = new ArrayList<>();
  private final List<PutRecordsRequestEntry> stored = new ArrayList<>();
  private IntPredicate refusesEntry = entry -> false;
  private RuntimeException failure;
  private int failures;
  private boolean storesBeforeFailing;
  private Runnable beforeAnswer = () -> {};
  private int entries;

  /** Refuses the entries whose number (of all that ever arrived, from 0) satisfies this. */
  public FakeKinesis refusingEntries(IntPredicate refused) {
    this.refusesEntry = refused;
    return this;
  }

  /** Fails the next {@code times} requests as a whole, storing nothing. */
  public FakeKinesis failing(int times, RuntimeException with) {
    this.failures = times;
    this.failure = with;
    return this;
  }

  /**
   * As {@link #failing}, but what the failing requests carry is stored: only the answer is lost.
   */
  public FakeKinesis losingAnswers(int times, RuntimeException with) {
    this.storesBeforeFailing = true;
    return failing(times, with);
  }

  public FakeKinesis beforeAnswer(Runnable action) {
    this.beforeAnswer = action;
    return this;
  }

  @Override
  public PutRecordsResponse putRecords(PutRecordsRequest request) {
    beforeAnswer.run();
    return answer(request);
  }

  private synchronized PutRecordsResponse answer(PutRecordsRequest request) {
    requests.add(request);
    if (failures > 0) {
      failures--;
      if (storesBeforeFailing) {
        stored.addAll(request.records());
      }
      throw failure;
    }
    List<PutRecordsResultEntry> results = new ArrayList<>();
    int failed = 0;
    for (PutRecordsRequestEntry entry : request.records()) {
      if (refusesEntry.test(entries++)) {
        failed++;
        results.add(
            PutRecordsResultEntry.builder()
                .errorCode("ProvisionedThroughputExceededException")
                .errorMessage("Rate exceeded for shard shardId-000000000000")
                .build());
      } else {
        stored.add(entry);
        results.add(
            PutRecordsResultEntry.builder()
                .shardId("shardId-000000000000")
                .sequenceNumber(Integer.toString(stored.size()))
                .build());
      }
    }
    return PutRecordsResponse.builder().failedRecordCount(failed).records(results).build();
  }

  /** An error answer of the service. */
  public static RuntimeException error(int status, String code) {
    return KinesisException.builder()
        .statusCode(status)
        .awsErrorDetails(
            AwsErrorDetails.builder().errorCode(code).errorMessage("says the fake").build())
        .build();
  }

  public synchronized List<PutRecordsRequest> requests() {
    return List.copyOf(requests);
  }

  public synchronized List<String> storedLines() {
    return stored.stream().map(entry -> entry.data().asString(StandardCharsets.UTF_8)).toList();
  }

  public synchronized List<String> storedKeys() {
    return stored.stream().map(PutRecordsRequestEntry::partitionKey).toList();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
