package dev.sluice.consumer.sinks;

import dev.sluice.consumer.tiles.ConsumerEvents;
import dev.sluice.consumer.tiles.Pause;
import dev.sluice.consumer.tiles.RetryPolicy;
import dev.sluice.consumer.tiles.StoreException;
import dev.sluice.consumer.tiles.TileLines;
import dev.sluice.consumer.tiles.TileSink;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/**
 * Appends to a file, a tile at a time and whole lines only: what a killed process or a full disk
 * has left of a tile is cut off before the next one. The file is opened anew for each tile and
 * locked meanwhile, so that it may be renamed, and shared by processes of one machine.
 */
final class FileSink implements TileSink {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final Path file;
  private final RetryPolicy retries;
  private final Pause pause;
  private final RandomGenerator random;
  private final ConsumerEvents events;
  private final ReentrantLock lock = new ReentrantLock();

  FileSink(
      Path file, RetryPolicy retries, Pause pause, RandomGenerator random, ConsumerEvents events) {
    this.file = file;
    this.retries = retries;
    this.pause = pause;
    this.random = random;
    this.events = events;
  }

  @Override
  public String name() {
    return "file";
  }

  @Override
  public void write(TileLines lines) {
    for (int attempt = 1; ; attempt++) {
      try {
        lock.lockInterruptibly();
        try {
          events.sinkWritten(name(), append(lines), 0);
          return;
        } finally {
          lock.unlock();
        }
      } catch (InterruptedException | ClosedByInterruptException e) {
        throw interrupted(e);
      } catch (IOException | OverlappingFileLockException e) {
        if (attempt == retries.maxAttempts()) {
          throw new StoreException(
              "writing to " + file + " failed " + attempt + " times: " + e.getMessage(), e);
        }
        events.storeRetried("write", String.valueOf(e.getMessage()));
        pauseAfter(attempt);
      }
    }
  }

  private void pauseAfter(int attempt) {
    try {
      pause.pause(retries.backoff(attempt, random));
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private StoreException interrupted(Exception cause) {
    Thread.currentThread().interrupt();
    return new StoreException("writing to " + file + " was interrupted", cause);
  }

  private long append(TileLines lines) throws IOException {
    try (FileChannel channel =
            FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        InputStream in = lines.open()) {
      channel.lock(); // until the channel is closed
      channel.truncate(endOfLastLine(channel));
      channel.position(channel.size());
      long count = 0;
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
        for (int i = 0; i < read; i++) {
          count += buffer[i] == '\n' ? 1 : 0;
        }
        ByteBuffer left = ByteBuffer.wrap(buffer, 0, read);
        while (left.hasRemaining()) {
          channel.write(left);
        }
      }
      channel.force(true);
      return count;
    }
  }

  /** One after the last LF, 0 if there is none. */
  private static long endOfLastLine(FileChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    long end = channel.size();
    while (end > 0) {
      long from = Math.max(0, end - BUFFER_BYTES);
      buffer.clear().limit((int) (end - from));
      while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) > 0) {
        // reads on
      }
      for (int i = buffer.position() - 1; i >= 0; i--) {
        if (buffer.get(i) == '\n') {
          return from + i + 1;
        }
      }
      end = from;
    }
    return 0;
  }
}
