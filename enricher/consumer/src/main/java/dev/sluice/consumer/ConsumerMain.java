package dev.sluice.consumer;

import dev.sluice.consumer.tiles.DifferentLayoutException;
import dev.sluice.consumer.tiles.Failpoints;
import dev.sluice.enricher.InvalidSettingsException;
import dev.sluice.enricher.Settings;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/** The consumer as a process of its own: settings in, exit code out, signals obeyed. */
public final class ConsumerMain {
  /** Time for the signal's thread to see the end of a stop that used up its grace. */
  private static final long HALT_MARGIN_MILLIS = 1_000;

  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile int exitCode = ConsumerApplication.EXIT_FAILED;
  private volatile ConsumerApplication consumer; // null until it is open
  private volatile ConsumerSettings settings; // null until they are read

  private ConsumerMain() {}

  /** Settings come from the environment. */
  public static void main(String[] args) {
    System.exit(run(System::getenv, System.err::println));
  }

  /**
   * Runs a consumer until a signal or a failure. On SIGTERM or SIGINT the process ends by itself
   * within the grace, with exit code 0 when the stop was clean.
   *
   * @param source value of a key, or null
   * @param err takes one line for each problem
   * @return {@link ConsumerApplication#EXIT_FAILED} or {@link ConsumerApplication#EXIT_USAGE}; a
   *     stop by signal does not return
   */
  public static int run(Function<String, String> source, Consumer<String> err) {
    return run(source, err, Failpoints.NONE);
  }

  /** The same with failpoints, for processes that a test means to kill. */
  public static int run(
      Function<String, String> source, Consumer<String> err, Failpoints failpoints) {
    var main = new ConsumerMain();
    var hook = new Thread(main::stopAndHalt, "consumer-signal");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return main.runUntilSignal(source, failpoints);
    } catch (InvalidSettingsException e) {
      e.problems().forEach(err);
      return ConsumerApplication.EXIT_USAGE;
    } catch (DifferentLayoutException e) {
      err.accept(e.getMessage());
      return ConsumerApplication.EXIT_USAGE;
    } catch (CannotStartException e) {
      err.accept(e.getMessage());
      return ConsumerApplication.EXIT_FAILED;
    } finally {
      remove(hook);
    }
  }

  private int runUntilSignal(Function<String, String> source, Failpoints failpoints) {
    settings = ConsumerSettings.from(new Settings(source));
    try (AwsClients clients = AwsClients.open(settings);
        ConsumerApplication opened =
            ConsumerApplication.open(settings, clients, failpoints, Clock.systemUTC())) {
      consumer = opened;
      exitCode = opened.run();
      ended.countDown();
      return exitCode;
    }
  }

  private static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The hook is at work: it ends the process with the exit code of the stop.
    }
  }

  /**
   * A JVM that a signal ends exits with 128 + signal, whatever it did before; so the hook halts it
   * with the code of the stop.
   */
  private void stopAndHalt() {
    ConsumerApplication running = consumer;
    if (running == null) {
      Runtime.getRuntime().halt(ConsumerApplication.EXIT_OK); // nothing was read yet
    }
    running.stop();
    try {
      long patienceMillis = settings.shutdownGrace().toMillis() + HALT_MARGIN_MILLIS;
      if (!ended.await(patienceMillis, TimeUnit.MILLISECONDS)) {
        exitCode = ConsumerApplication.EXIT_FAILED;
      }
    } catch (InterruptedException e) {
      exitCode = ConsumerApplication.EXIT_FAILED;
    }
    Runtime.getRuntime().halt(exitCode);
  }
}
