package dev.sluice.web;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/** The web application as a process of its own: settings in, exit code out, signals obeyed. */
public final class WebMain {

  /** Stopped by a signal, in order. */
  public static final int EXIT_OK = 0;

  /** Cannot be served: a bucket, the table or the port is not to be had. */
  public static final int EXIT_FAILED = 1;

  /** Wrong settings. */
  public static final int EXIT_USAGE = 2;

  /** Longer than a stop takes at most. */
  private static final int MAX_STOP_SECONDS = 20;

  private final CountDownLatch stopAsked = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile int exitCode = EXIT_FAILED;

  private WebMain() {}

  /** Settings come from the environment. */
  public static void main(String[] args) {
    System.exit(run(System::getenv, System.err::println));
  }

  /**
   * Serves until a signal or a failure. On SIGTERM or SIGINT the process ends by itself, with exit
   * code 0.
   *
   * @param source value of a key, or null
   * @param say takes the address, and one line for each problem
   * @return {@link #EXIT_FAILED} or {@link #EXIT_USAGE}; a stop by signal does not return
   */
  public static int run(Function<String, String> source, Consumer<String> say) {
    var main = new WebMain();
    var hook = new Thread(main::stopAndHalt, "web-signal");
    Runtime.getRuntime().addShutdownHook(hook);
    int code = EXIT_FAILED;
    try {
      code = main.serve(source, say);
    } catch (InvalidWebSettingsException e) {
      e.problems().forEach(say);
      code = EXIT_USAGE;
    } catch (CannotServeException e) {
      say.accept(e.getMessage());
    } finally {
      main.exitCode = code;
      main.ended.countDown();
      remove(hook);
    }
    return code;
  }

  private static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The hook is at work: it ends the process with the exit code of the stop.
    }
  }

  private int serve(Function<String, String> source, Consumer<String> say) {
    WebSettings settings = WebSettings.from(source);
    try (WebClients clients = WebClients.open(settings);
        WebApplication application =
            WebApplication.start(
                settings, clients, new SecureRandom(), InstantSource.system(), System::nanoTime)) {
      say.accept("the pages are at " + application.url());
      stopAsked.await();
      return EXIT_OK;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return EXIT_FAILED;
    }
  }

  /**
   * A JVM that a signal ends exits with 128 + signal, whatever it did before; so the hook halts it
   * with the code of the stop.
   */
  private void stopAndHalt() {
    stopAsked.countDown();
    try {
      if (!ended.await(MAX_STOP_SECONDS, TimeUnit.SECONDS)) {
        exitCode = EXIT_FAILED;
      }
    } catch (InterruptedException e) {
      exitCode = EXIT_FAILED;
    }
    Runtime.getRuntime().halt(exitCode);
  }
}
