package dev.sluice.consumer.redrive;

import dev.sluice.consumer.sinks.BatchSender;
import dev.sluice.consumer.sinks.StreamPut;
import dev.sluice.consumer.tiles.StoreException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

/** The stream that letters go back to, one record each, gathered into calls. Not thread-safe. */
final class StreamTarget {
  private final StreamPut stream;
  private final BatchSender sender;
  private final RandomGenerator random;

  StreamTarget(StreamPut stream, BatchSender sender, RandomGenerator random) {
    this.stream = stream;
    this.sender = sender;
    this.random = random;
  }

  private PutRecordsRequestEntry entry(DeadLetter letter) {
    return StreamPut.entry(RedriveKey.of(letter.attempt() + 1, random.nextLong()), letter.line());
  }

  boolean takes(DeadLetter letter) {
    return stream.bytes(entry(letter)) <= stream.limits().maxEntryBytes();
  }

  /** Letters that go with one call, each with what its source wants back once it is taken. */
  final class Batch<S> {
    private final Map<PutRecordsRequestEntry, S> sources = new IdentityHashMap<>();
    private final List<PutRecordsRequestEntry> entries = new ArrayList<>();
    private long bytes;

    /** False if the letter belongs into the next batch. */
    boolean add(DeadLetter letter, S source) {
      PutRecordsRequestEntry entry = entry(letter);
      int entryBytes = stream.bytes(entry);
      var limits = stream.limits();
      if (entries.size() == limits.maxEntries() || bytes + entryBytes > limits.maxBytes()) {
        return false;
      }
      entries.add(entry);
      sources.put(entry, source);
      bytes += entryBytes;
      return true;
    }

    int size() {
      return entries.size();
    }

    /**
     * Sends all and is empty afterwards, whatever happened.
     *
     * @param taken learns of each letter that the stream has for certain
     * @throws StoreException if the stream did not take all
     */
    void send(Consumer<S> taken) {
      try {
        sender.send(stream, entries, entry -> taken.accept(sources.get(entry)));
      } finally {
        clear();
      }
    }

    void clear() {
      entries.clear();
      sources.clear();
      bytes = 0;
    }
  }
}
