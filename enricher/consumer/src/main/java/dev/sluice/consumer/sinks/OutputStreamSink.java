package dev.sluice.consumer.sinks;

import dev.sluice.consumer.tiles.ConsumerEvents;
import dev.sluice.consumer.tiles.StoreException;
import dev.sluice.consumer.tiles.TileLines;
import dev.sluice.consumer.tiles.TileSink;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Writes to standard output, one tile after the other. Whoever closes it ends the consumer: there
 * is no way to write there again.
 */
final class OutputStreamSink implements TileSink {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final OutputStream out;
  private final ConsumerEvents events;

  OutputStreamSink(OutputStream out, ConsumerEvents events) {
    this.out = out;
    this.events = events;
  }

  @Override
  public String name() {
    return "stdout";
  }

  @Override
  public synchronized void write(TileLines lines) {
    long count = 0;
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = lines.open()) {
      for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
        for (int i = 0; i < read; i++) {
          count += buffer[i] == '\n' ? 1 : 0;
        }
        out.write(buffer, 0, read);
      }
      out.flush();
    } catch (IOException e) {
      throw new StoreException("writing to standard output failed: " + e.getMessage(), e);
    }
    events.sinkWritten(name(), count, 0);
  }
}
