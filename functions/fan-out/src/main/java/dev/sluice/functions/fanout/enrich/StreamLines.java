package dev.sluice.functions.fanout.enrich;

import dev.sluice.functions.fanout.sending.NotSentException;
import dev.sluice.functions.fanout.sending.PartialCalls;
import dev.sluice.invocation.TimeLeft;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

/**
 * Sends the lines of a batch into a stream, one line a record, in calls as large as Kinesis takes.
 * At least once: what comes again has the same {@code event_id}. Not thread-safe.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html">PutRecords</a>
 */
public final class StreamLines {
  /** Records that Kinesis takes in one request. */
  static final int MAX_RECORDS = 500;

  /** What a stream takes as a record unless its MaxRecordSize was raised: 1 MiB. */
  public static final int DEFAULT_RECORD_BYTES = 1024 * 1024;

  /** The most that any stream takes as a record, and as a request: 10 MiB. */
  public static final int LARGEST_BYTES = 10 * 1024 * 1024;

  /** Bound of a request unless records may be larger: 5 MiB. */
  private static final int REQUEST_BYTES = 5 * 1024 * 1024;

  /**
   * What became of a batch.
   *
   * @param records all lines of so many records from the first on are in the stream
   * @param lines that were taken for certain
   * @param tooLarge lines that no call takes, now or later
   * @param trouble why it stopped; empty when all is sent
   */
  record Sent(int records, long lines, long tooLarge, Optional<String> trouble) {}

  /** A line, and the number of the record that it came in. */
  private record Entry(int record, PutRecordsRequestEntry line) {}

  private final StreamPut put;
  private final PartitionKeys keys;
  private final int maxRecordBytes;
  private final int maxCallBytes;
  private final PartialCalls calls;

  /**
   * @param partitionKey key of the lines whose value is the partition key, or {@code random}
   * @param maxRecordBytes data and partition key of one record
   */
  public StreamLines(
      StreamPut put,
      String partitionKey,
      int maxRecordBytes,
      PartialCalls calls,
      RandomGenerator random) {
    this.put = put;
    keys = new PartitionKeys(partitionKey, random);
    this.maxRecordBytes = maxRecordBytes;
    maxCallBytes = Math.max(REQUEST_BYTES, maxRecordBytes);
    this.calls = calls;
  }

  /** Sends in the order of the records; stops at the first call that is not taken as a whole. */
  Sent send(EnrichedBatch batch, TimeLeft time) {
    var call = new ArrayList<Entry>();
    long bytes = 0;
    long lines = 0;
    long tooLarge = 0;
    int start = 0;
    byte[] json = batch.json();
    for (int record = 0; record < batch.records(); record++) {
      int end = batch.jsonEnd(record + 1);
      while (start < end) {
        int lineFeed = indexOfLineFeed(json, start);
        Entry entry = new Entry(record, entry(Arrays.copyOfRange(json, start, lineFeed)));
        start = lineFeed + 1;
        int size = bytes(entry.line());
        if (size > maxRecordBytes) {
          tooLarge++;
          continue;
        }
        if (call.size() == MAX_RECORDS || bytes + size > maxCallBytes) {
          Optional<Sent> stopped = send(call, lines, tooLarge, time);
          if (stopped.isPresent()) {
            return stopped.get();
          }
          lines += call.size();
          call.clear();
          bytes = 0;
        }
        call.add(entry);
        bytes += size;
      }
    }
    Optional<Sent> stopped = send(call, lines, tooLarge, time);
    return stopped.orElse(
        new Sent(batch.records(), lines + call.size(), tooLarge, Optional.empty()));
  }

  /** Present when the call was not taken as a whole. */
  private Optional<Sent> send(List<Entry> call, long linesBefore, long tooLarge, TimeLeft time) {
    if (call.isEmpty()) {
      return Optional.empty();
    }
    var pending = new ArrayList<>(call);
    try {
      calls.send("PutRecords", pending, this::errorCodes, time);
      return Optional.empty();
    } catch (NotSentException notSent) {
      // Calls go in order, and so do the entries that are left: the first of them is the lowest.
      return Optional.of(
          new Sent(
              pending.get(0).record(),
              linesBefore + call.size() - pending.size(),
              tooLarge,
              Optional.of(notSent.getMessage())));
    }
  }

  private List<String> errorCodes(List<Entry> entries) {
    return put.errorCodes(entries.stream().map(Entry::line).toList());
  }

  private PutRecordsRequestEntry entry(byte[] line) {
    return PutRecordsRequestEntry.builder()
        .partitionKey(keys.of(line))
        .data(SdkBytes.fromByteArrayUnsafe(line))
        .build();
  }

  private static int bytes(PutRecordsRequestEntry entry) {
    return entry.data().asByteArrayUnsafe().length
        + entry.partitionKey().getBytes(StandardCharsets.UTF_8).length;
  }

  private static int indexOfLineFeed(byte[] json, int from) {
    int i = from;
    while (json[i] != '\n') {
      i++;
    }
    return i;
  }
}
