package dev.sluice.enricher.gzip;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes one member of gzip, by a level that is chosen. Not thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1952">RFC 1952</a>
 */
public abstract class GzipStream extends OutputStream {
  /** Our own encoder, for text that resembles itself; the levels above it are zlib's. */
  public static final int FASTEST = 1;

  public static final int SMALLEST = 9;

  GzipStream() {}

  /**
   * A stream of a level.
   *
   * @param out closed together with the stream
   * @param level {@link #FASTEST} to {@link #SMALLEST}
   */
  public static GzipStream of(OutputStream out, int level) throws IOException {
    if (level < FASTEST || level > SMALLEST) {
      throw new IllegalArgumentException("level " + level + " is not 1 to 9");
    }
    return level == FASTEST ? new TextGzipStream(out) : new ZlibStream(out, level);
  }

  /** Writes the end, and leaves what it writes to open; nothing can come after it. */
  public abstract void finish() throws IOException;

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }
}
