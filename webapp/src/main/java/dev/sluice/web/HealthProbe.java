package dev.sluice.web;

import dev.sluice.web.http.WebServer;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.function.Function;

/**
 * Asks the pages on this machine how they are, for health checks of containers: an image needs no
 * other tool. Exit code 0 if they are well, 1 if not or if nobody answers.
 */
public final class HealthProbe {

  /** For the connection, and again for the answer. */
  private static final Duration TIMEOUT = Duration.ofSeconds(4);

  private static final int OK = 200;

  private HealthProbe() {}

  /** The port is {@code WEB_PORT} of the environment. */
  public static void main(String[] args) {
    System.exit(run(System::getenv));
  }

  static int run(Function<String, String> source) {
    String port = source.apply("WEB_PORT");
    if (port == null) {
      return WebMain.EXIT_FAILED;
    }
    try {
      var url = URI.create("http://127.0.0.1:" + port.strip() + WebServer.HEALTH_PATH).toURL();
      var connection = (HttpURLConnection) url.openConnection();
      connection.setConnectTimeout((int) TIMEOUT.toMillis());
      connection.setReadTimeout((int) TIMEOUT.toMillis());
      return connection.getResponseCode() == OK ? WebMain.EXIT_OK : WebMain.EXIT_FAILED;
    } catch (IOException | IllegalArgumentException nobodyAnswers) {
      return WebMain.EXIT_FAILED;
    }
  }
}
