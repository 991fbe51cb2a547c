package dev.sluice.web.upload;

import dev.sluice.web.http.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The bytes of an upload on their way. Counts them, so that a file without a length is refused too
 * once it is too large, and refuses one that comes so slowly that it only holds a place.
 */
final class UploadBody extends InputStream {

  /** Waiting for the client that nobody holds against it. */
  static final Duration GRACE = Duration.ofSeconds(20);

  /** Least bytes in a second of waiting for the client, after the grace. */
  static final long MIN_BYTES_PER_SECOND = 1_024;

  private static final long NANOS_IN_SECOND = 1_000_000_000;

  private final InputStream body;
  private final long maxBytes;
  private final LongSupplier nanoTime;
  private long bytes;
  private long waitedNanos;

  /**
   * @param nanoTime a clock; only the time in which the client is waited for counts
   */
  UploadBody(InputStream body, long maxBytes, LongSupplier nanoTime) {
    this.body = body;
    this.maxBytes = maxBytes;
    this.nanoTime = nanoTime;
  }

  /** What a client is told whose file is too large. */
  static RefusedException tooLarge(long maxBytes) {
    return new RefusedException(413, "The file is larger than " + maxBytes + " bytes.");
  }

  /** How many bytes were read. */
  long bytes() {
    return bytes;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    long before = nanoTime.getAsLong();
    int read = body.read(buffer, offset, length);
    waitedNanos += nanoTime.getAsLong() - before;
    if (read > 0) {
      bytes += read;
    }
    if (bytes > maxBytes) {
      throw tooLarge(maxBytes);
    }
    long slowNanos = waitedNanos - GRACE.toNanos();
    if (read >= 0 && slowNanos > 0 && bytes < slowNanos / NANOS_IN_SECOND * MIN_BYTES_PER_SECOND) {
      throw new RefusedException(408, "The file comes too slowly.");
    }
    return read;
  }
}
