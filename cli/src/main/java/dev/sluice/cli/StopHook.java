package dev.sluice.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns SIGINT and SIGTERM into an orderly end with an exit code of our own. By itself the JVM
 * would end with 130 or 143 however well it stopped.
 *
 * <p>The hook runs the stop action, waits until the command has told its exit code, and ends the
 * process with it.
 */
public final class StopHook {

  private final Duration maxWait;
  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile int exitCode = ExitCode.FAILED;

  private StopHook(Duration maxWait) {
    this.maxWait = maxWait;
  }

  /**
   * Installs the hook.
   *
   * @param stop asks the running command to end; returns soon
   * @param maxWait how long the command may take to end before the process ends without it
   */
  public static StopHook install(Runnable stop, Duration maxWait) {
    var hook = new StopHook(maxWait);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> hook.onSignal(stop), "stop-hook"));
    return hook;
  }

  /** Tells that the command has ended, and how. */
  public void finished(int code) {
    exitCode = code;
    finished.countDown();
  }

  private void onSignal(Runnable stop) {
    if (finished.getCount() == 0) {
      return; // the ordinary end of the process: its exit code is on its way already
    }
    stop.run();
    try {
      if (!finished.await(maxWait.toMillis(), TimeUnit.MILLISECONDS)) {
        System.err.println("sluice: not stopped within " + maxWait.toSeconds() + " s, ending now");
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(exitCode);
  }
}
