package dev.sluice.local.kinesis;

import dev.sluice.local.ServiceError;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * PutRecord and PutRecords. Bounds: AWS API reference, PutRecords (record and request in their
 * default sizes).
 */
final class PutOperations {
  static final int ENTRIES_MAX = 500;

  /** Of data and partition key. */
  static final int RECORD_BYTES_MAX = 1024 * 1024;

  /** Of data and partition keys of all entries. */
  static final int REQUEST_BYTES_MAX = 5 * 1024 * 1024;

  private static final int KEY_LENGTH_MAX = 256;

  private record Entry(BigInteger hashKey, String partitionKey, byte[] data, int bytes) {
    long retainedBytes() {
      return StoredRecord.retainedBytes(partitionKey, data);
    }
  }

  /** Either stored or refused: the error is null, or the shard and the sequence number are. */
  private record Result(Shard shard, String sequenceNumber, ServiceError error) {}

  private final StreamStore store;
  private final Faults faults;

  PutOperations(StreamStore store, Faults faults) {
    this.store = store;
    this.faults = faults;
  }

  Map<String, Operation> table() {
    return Map.of("PutRecord", this::putRecord, "PutRecords", this::putRecords);
  }

  private Answer putRecord(Input input) {
    KinesisStream stream = store.find(input);
    Entry entry = entry(input);
    store.reserve(entry.retainedBytes());
    Result result = put(stream, entry);
    if (result.error() != null) {
      throw result.error();
    }
    result.shard().wake();
    return out -> {
      out.text("ShardId", result.shard().id());
      out.text("SequenceNumber", result.sequenceNumber());
    };
  }

  private Answer putRecords(Input input) {
    KinesisStream stream = store.find(input);
    List<Entry> entries = entries(input);
    store.reserve(entries.stream().mapToLong(Entry::retainedBytes).sum());
    List<Result> results = new ArrayList<>(entries.size());
    Set<Shard> touched = new HashSet<>();
    for (Entry entry : entries) {
      ServiceError fault = faults.entryFailure().orElse(null);
      Result result = fault == null ? put(stream, entry) : refuse(entry, fault);
      results.add(result);
      if (result.error() == null) {
        touched.add(result.shard());
      }
    }
    touched.forEach(Shard::wake);
    return out -> {
      out.number(
          "FailedRecordCount", results.stream().filter(result -> result.error() != null).count());
      out.objects("Records", results, result -> writeResult(out, result));
    };
  }

  private static void writeResult(WireWriter out, Result result) throws IOException {
    if (result.error() == null) {
      out.text("SequenceNumber", result.sequenceNumber());
      out.text("ShardId", result.shard().id());
    } else {
      out.text("ErrorCode", result.error().type());
      out.text("ErrorMessage", result.error().getMessage());
    }
  }

  private Result put(KinesisStream stream, Entry entry) {
    Optional<KinesisStream.Placement> placement =
        stream.put(entry.hashKey(), entry.partitionKey(), entry.data(), entry.bytes());
    if (placement.isEmpty()) {
      return refuse(entry, ServiceError.notFound("Stream " + stream.name() + " has been deleted."));
    }
    Shard shard = placement.get().shard();
    OptionalLong position = placement.get().position();
    if (position.isEmpty()) {
      return refuse(entry, store.rateExceeded(stream, shard));
    }
    return new Result(shard, shard.sequenceNumber(position.getAsLong()), null);
  }

  private Result refuse(Entry entry, ServiceError error) {
    store.release(entry.retainedBytes());
    return new Result(null, null, error);
  }

  private static List<Entry> entries(Input input) {
    List<Input> items = input.objects("Records");
    if (items.isEmpty() || items.size() > ENTRIES_MAX) {
      throw input.invalid(
          "Records",
          "[" + items.size() + " entries]",
          "Member must have length between 1 and " + ENTRIES_MAX);
    }
    List<Entry> entries = items.stream().map(PutOperations::entry).toList();
    if (entries.stream().mapToLong(Entry::bytes).sum() > REQUEST_BYTES_MAX) {
      throw ServiceError.invalidArgument("Records size exceeds 5 MB limit");
    }
    return entries;
  }

  private static Entry entry(Input input) {
    byte[] data = input.requiredBlob("Data");
    String partitionKey = input.requiredText("PartitionKey");
    int keyLength = partitionKey.codePointCount(0, partitionKey.length());
    if (keyLength < 1 || keyLength > KEY_LENGTH_MAX) {
      throw input.invalid(
          "PartitionKey", partitionKey, "Member must have length between 1 and " + KEY_LENGTH_MAX);
    }
    int bytes = data.length + partitionKey.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > RECORD_BYTES_MAX) {
      throw input.invalid(
          "Data",
          "[" + data.length + " bytes]",
          "Member must have length less than or equal to " + RECORD_BYTES_MAX);
    }
    BigInteger hashKey =
        input
            .text("ExplicitHashKey")
            .map(key -> Names.hashKey(input, "ExplicitHashKey"))
            .orElseGet(() -> HashRange.hashKey(partitionKey));
    return new Entry(hashKey, partitionKey, data, bytes);
  }
}
