package dev.sluice.producers;

import dev.sluice.producers.ReplayStoppedException.Reason;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/**
 * Sends one batch until every record is stored or the retry policy is at its end. Only the entries
 * that failed are sent again. One instance per batch; the ledger is shared.
 */
final class BatchSender {
  private final ReplayOptions options;
  private final KinesisClient client;
  private final MonotonicClock clock;
  private final RandomGenerator jitter;
  private final ReplayLedger ledger;
  private List<PendingRecord> pending;
  private int fruitless; // attempts in a row that stored nothing
  private int poor; // attempts in a row that stored less than half of what they carried

  BatchSender(
      ReplayOptions options,
      KinesisClient client,
      MonotonicClock clock,
      RandomGenerator jitter,
      ReplayLedger ledger,
      List<PendingRecord> batch) {
    this.options = options;
    this.client = client;
    this.clock = clock;
    this.jitter = jitter;
    this.ledger = ledger;
    this.pending = batch;
  }

  /** True when all of it is stored; else the ledger knows why not. */
  boolean send() throws InterruptedException {
    try {
      while (!pending.isEmpty() && !ledger.stopped()) {
        attempt();
      }
      return pending.isEmpty();
    } finally {
      ledger.notStored(pending);
    }
  }

  private void attempt() throws InterruptedException {
    ServiceFault fault;
    try {
      PutRecordsResponse response = client.putRecords(request());
      ledger.answered();
      fault = settle(response);
    } catch (SdkException | UncheckedIOException failure) {
      fault = ServiceFault.of(failure);
      if (fault.answered()) {
        ledger.answered();
      }
      if (!fault.worthRetrying()) {
        ledger.stop(Reason.REFUSED, refusal(fault), failure);
        return;
      }
    }
    ledger.progressed();
    if (!pending.isEmpty()) {
      backOff(fault);
    }
  }

  private PutRecordsRequest request() {
    List<PutRecordsRequestEntry> entries =
        pending.stream().map(PendingRecord::requestEntry).toList();
    return PutRecordsRequest.builder().streamName(options.streamName()).records(entries).build();
  }

  /** Books the stored entries, keeps the others; their fault, or null when there are none. */
  private ServiceFault settle(PutRecordsResponse response) {
    List<PutRecordsResultEntry> results = response.records();
    if (results.size() != pending.size()) {
      throw new IllegalStateException(
          "PutRecords answered " + results.size() + " entries for " + pending.size());
    }
    List<PendingRecord> failed = new ArrayList<>();
    String errorCode = null;
    for (int i = 0; i < results.size(); i++) {
      PutRecordsResultEntry result = results.get(i);
      if (result.errorCode() == null) {
        ledger.accepted(pending.get(i), result.shardId(), result.sequenceNumber());
      } else {
        failed.add(pending.get(i));
        errorCode = result.errorCode();
      }
    }
    if (failed.size() < pending.size()) {
      fruitless = 0;
    }
    if (failed.size() * 2 <= pending.size()) {
      poor = 0;
    }
    pending = failed;
    return errorCode == null ? null : new ServiceFault(true, true, false, errorCode);
  }

  private void backOff(ServiceFault fault) throws InterruptedException {
    RetryPolicy retries = options.retries();
    Duration wait = retries.waitAfter(poor, jitter);
    fruitless++;
    poor++;
    if (!ledger.hasAnswered()
        && ledger.elapsed().plus(wait).compareTo(retries.unreachableLimit()) > 0) {
      ledger.stop(Reason.UNREACHABLE, "no answer from Kinesis (" + fault.description() + ")", null);
      return;
    }
    if (fruitless >= retries.maxFruitlessAttempts()) {
      ledger.stop(
          Reason.RETRIES_EXHAUSTED,
          "gave up after " + fruitless + " attempts in vain (" + fault.description() + ")",
          null);
      return;
    }
    if (!ledger.stopped()) {
      ledger.retried(pending.size(), fault.inDoubt());
      clock.pause(wait);
    }
  }

  private String refusal(ServiceFault fault) {
    return fault.answered()
        ? "Kinesis refused to write to stream "
            + options.streamName()
            + " ("
            + fault.description()
            + ")"
        : "cannot call Kinesis (" + fault.description() + ")";
  }
}
