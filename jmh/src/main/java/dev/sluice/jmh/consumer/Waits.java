package dev.sluice.jmh.consumer;

/** Pauses between two looks. */
final class Waits {
  private Waits() {}

  static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
