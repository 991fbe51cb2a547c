package dev.sluice.producers.command;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command end in good order on SIGINT and SIGTERM: the JVM waits until it has said what it
 * did. The exit code is then the JVM's own (130, 143), as that of any tool that is stopped.
 */
final class StopSignal implements AutoCloseable {
  /** The JVM waits no longer than this for the command. */
  private static final Duration MAX_WAIT = Duration.ofSeconds(20);

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stop, "replay-stop");
  private volatile boolean asked;

  private StopSignal() {}

  static StopSignal listen() {
    var signal = new StopSignal();
    Runtime.getRuntime().addShutdownHook(signal.hook);
    return signal;
  }

  boolean asked() {
    return asked;
  }

  private void stop() {
    asked = true;
    try {
      ended.await(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  /** The command has said all. */
  @Override
  public void close() {
    ended.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException stopping) {
      // the hook runs already, and ends now
    }
  }
}
