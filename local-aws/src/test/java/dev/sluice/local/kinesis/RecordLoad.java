package dev.sluice.local.kinesis;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

/**
 * Puts numbered records: the number is the partition key, so it tells them apart and spreads them
 * over the shards.
 */
final class RecordLoad {
  private static final int CALLS_IN_FLIGHT_MAX = 8;
  private static final int ENTRIES_PER_CALL = 500;

  private final KinesisAsyncClient kinesis;
  private final String stream;
  private final SdkBytes data;

  RecordLoad(KinesisAsyncClient kinesis, String stream, int recordBytes) {
    this.kinesis = kinesis;
    this.stream = stream;
    byte[] bytes = new byte[recordBytes];
    new Random(1).nextBytes(bytes);
    this.data = SdkBytes.fromByteArray(bytes);
  }

  /** Puts the records from..to and returns when all are accepted. */
  void put(int from, int to) throws InterruptedException {
    var permits = new Semaphore(CALLS_IN_FLIGHT_MAX);
    List<CompletableFuture<Void>> calls = new ArrayList<>();
    for (int first = from; first < to; first += ENTRIES_PER_CALL) {
      List<PutRecordsRequestEntry> entries = entries(first, Math.min(to, first + ENTRIES_PER_CALL));
      permits.acquire();
      calls.add(
          kinesis
              .putRecords(request -> request.streamName(stream).records(entries))
              .whenComplete((response, failure) -> permits.release())
              .thenAccept(
                  response -> {
                    if (response.failedRecordCount() > 0) {
                      throw new IllegalStateException(
                          response.failedRecordCount() + " entries refused");
                    }
                  }));
    }
    calls.forEach(CompletableFuture::join);
  }

  private List<PutRecordsRequestEntry> entries(int from, int to) {
    List<PutRecordsRequestEntry> entries = new ArrayList<>(to - from);
    for (int i = from; i < to; i++) {
      entries.add(
          PutRecordsRequestEntry.builder().partitionKey(Integer.toString(i)).data(data).build());
    }
    return entries;
  }
}
