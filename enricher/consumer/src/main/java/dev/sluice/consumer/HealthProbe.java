package dev.sluice.consumer;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.function.Function;

/**
 * Asks the consumer on this machine how it is, for health checks of containers: an image needs no
 * other tool. Exit code 0 if it is well, 1 if not or if nobody answers.
 */
public final class HealthProbe {
  /** For the connection, and again for the answer. */
  private static final Duration TIMEOUT = Duration.ofSeconds(4);

  private static final int OK = 200;

  private HealthProbe() {}

  /**
   * The port is {@code HTTP_PORT} of the environment; the path is the argument or {@code /health}.
   */
  public static void main(String[] args) {
    System.exit(run(System::getenv, args.length == 0 ? "/health" : args[0]));
  }

  static int run(Function<String, String> source, String path) {
    String port = source.apply("HTTP_PORT");
    if (port == null) {
      return ConsumerApplication.EXIT_FAILED;
    }
    try {
      var url = URI.create("http://127.0.0.1:" + port.strip() + path).toURL();
      var connection = (HttpURLConnection) url.openConnection();
      connection.setConnectTimeout((int) TIMEOUT.toMillis());
      connection.setReadTimeout((int) TIMEOUT.toMillis());
      return connection.getResponseCode() == OK
          ? ConsumerApplication.EXIT_OK
          : ConsumerApplication.EXIT_FAILED;
    } catch (IOException | IllegalArgumentException nobodyAnswers) {
      return ConsumerApplication.EXIT_FAILED;
    }
  }
}
