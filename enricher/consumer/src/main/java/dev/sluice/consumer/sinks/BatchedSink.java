package dev.sluice.consumer.sinks;

import dev.sluice.consumer.tiles.ConsumerEvents;
import dev.sluice.consumer.tiles.StoreException;
import dev.sluice.consumer.tiles.TileLines;
import dev.sluice.consumer.tiles.TileSink;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * A service that takes lines in batches. A tile is sent in calls one after the other, each as large
 * as the service takes; a bounded number of calls is filled or on its way over all shards, and the
 * others wait, which KCL feels as soon as their next tiles are full.
 */
final class BatchedSink<T> implements TileSink {
  private final String name;
  private final BatchService<T> service;
  private final Function<byte[], T> entryOf;
  private final BatchSender sender;
  private final Semaphore calls;
  private final ConsumerEvents events;

  /**
   * @param entryOf from a line without its LF
   * @param maxCalls calls that are filled or on their way at the same time
   */
  BatchedSink(
      String name,
      BatchService<T> service,
      Function<byte[], T> entryOf,
      BatchSender sender,
      int maxCalls,
      ConsumerEvents events) {
    this.name = name;
    this.service = service;
    this.entryOf = entryOf;
    this.sender = sender;
    this.calls = new Semaphore(maxCalls, true);
    this.events = events;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void write(TileLines lines) {
    try (var tile = new TileInBatches()) {
      lines.forEach(tile::add);
      tile.send();
      events.sinkWritten(name, tile.written, tile.tooLarge);
    }
  }

  /** One tile on its way; holds one call's entries at the most, and a permit while it holds any. */
  private final class TileInBatches implements AutoCloseable {
    private final List<T> batch = new ArrayList<>();
    private long batchBytes;
    private boolean permitted;
    private long written;
    private long tooLarge;

    void add(byte[] line) {
      T entry = entryOf.apply(line);
      BatchLimits limits = service.limits();
      int bytes = service.bytes(entry);
      if (bytes > limits.maxEntryBytes()) {
        tooLarge++; // no call takes it, now or later
        return;
      }
      if (batch.size() == limits.maxEntries() || batchBytes + bytes > limits.maxBytes()) {
        send();
      }
      if (!permitted) {
        acquire();
      }
      batch.add(entry);
      batchBytes += bytes;
    }

    void send() {
      sender.send(service, batch, entry -> written++);
      batch.clear();
      batchBytes = 0;
      close();
    }

    private void acquire() {
      try {
        calls.acquire();
        permitted = true;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StoreException("writing to " + service.target() + " was interrupted", e);
      }
    }

    @Override
    public void close() {
      if (permitted) {
        calls.release();
        permitted = false;
      }
    }
  }
}
