package dev.sluice.consumer.tiles;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/**
 * Lines of a sealed tile, kept compressed: whoever reads them holds no more than a buffer and a
 * line. May be read many times, by many threads.
 */
public final class TileLines {
  private static final int BUFFER_BYTES = 64 * 1024;

  /** Beyond any line of ours: a record of 10 MiB, in base64 or escaped. */
  private static final int MAX_LINE_BYTES = 128 * 1024 * 1024;

  private final byte[] gzip;

  /**
   * @param gzip lines, each with its LF; nobody writes to it
   */
  public TileLines(byte[] gzip) {
    this.gzip = gzip;
  }

  /** All lines, each with its LF. */
  public InputStream open() throws IOException {
    return new GZIPInputStream(new ByteArrayInputStream(gzip), BUFFER_BYTES);
  }

  /** Hands each line, without its LF, to {@code taker} in order; the array is the taker's own. */
  public void forEach(Consumer<byte[]> taker) {
    try (InputStream in = open()) {
      forEach(in, taker);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory only: it cannot happen
    }
  }

  /**
   * The same for lines from anywhere. A last line without LF is a line too.
   *
   * @throws IOException if they cannot be read, or a line is above 128 MiB
   */
  public static void forEach(InputStream in, Consumer<byte[]> taker) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    int kept = 0; // bytes of a line that has begun
    for (int read = in.read(buffer); read > 0; read = in.read(buffer, kept, buffer.length - kept)) {
      int from = 0;
      int to = kept + read;
      for (int i = kept; i < to; i++) {
        if (buffer[i] == '\n') {
          taker.accept(Arrays.copyOfRange(buffer, from, i));
          from = i + 1;
        }
      }
      kept = to - from;
      System.arraycopy(buffer, from, buffer, 0, kept);
      if (kept == buffer.length) {
        if (kept >= MAX_LINE_BYTES) {
          throw new IOException("a line is longer than " + MAX_LINE_BYTES + " bytes");
        }
        buffer = Arrays.copyOf(buffer, 2 * buffer.length);
      }
    }
    if (kept > 0) {
      taker.accept(Arrays.copyOf(buffer, kept));
    }
  }
}
