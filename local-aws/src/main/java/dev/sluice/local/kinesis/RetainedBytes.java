package dev.sluice.local.kinesis;

import dev.sluice.local.ServiceError;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The bound of everything that the server's shards hold together. Full means refused: nothing is
 * dropped to make room.
 */
final class RetainedBytes {
  private final long max;
  private final AtomicLong held = new AtomicLong();

  RetainedBytes(long max) {
    this.max = max;
  }

  /** Reserves the bytes if they fit. */
  boolean tryReserve(long bytes) {
    if (held.addAndGet(bytes) > max) {
      held.addAndGet(-bytes);
      return false;
    }
    return true;
  }

  /**
   * @throws ServiceError LimitExceededException when the bytes do not fit; then nothing is reserved
   */
  void reserve(long bytes) {
    if (!tryReserve(bytes)) {
      throw ServiceError.limitExceeded(
          "The local Kinesis server is full: it retains at most "
              + max
              + " bytes (retainedBytesMax). Delete a stream, shorten its retention, or raise the bound.");
    }
  }

  void release(long bytes) {
    held.addAndGet(-bytes);
  }

  long held() {
    return held.get();
  }
}
