package dev.sluice.web.live;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Asks a consumer over HTTP, for a bounded time and a bounded answer. */
final class ConsumerClient {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(2);

  /** For one answer as a whole, however it trickles. */
  private static final Duration MAX_TIME = Duration.ofSeconds(5);

  private static final int MAX_BYTES = 4 << 20;
  private static final int BUFFER_BYTES = 16 << 10;
  private static final int OK = 200;

  private final URI address;
  private final LongSupplier nanoTime;

  /**
   * @param address of the consumer, without a path
   */
  ConsumerClient(URI address, LongSupplier nanoTime) {
    this.address = address;
    this.nanoTime = nanoTime;
  }

  /** The text of {@code /metrics}. */
  String metrics() throws IOException {
    HttpURLConnection connection = connect("/metrics");
    try (InputStream in = connection.getInputStream()) {
      if (connection.getResponseCode() != OK) {
        throw new IOException("/metrics answers " + connection.getResponseCode());
      }
      return read(in);
    } finally {
      connection.disconnect();
    }
  }

  /** Whether {@code /health} says that all is well. */
  boolean isHealthy() throws IOException {
    HttpURLConnection connection = connect("/health");
    try {
      return connection.getResponseCode() == OK;
    } finally {
      connection.disconnect();
    }
  }

  private HttpURLConnection connect(String path) throws IOException {
    String base = address.toString().replaceAll("/+$", "");
    var connection = (HttpURLConnection) URI.create(base + path).toURL().openConnection();
    connection.setInstanceFollowRedirects(false); // it is asked for what the settings name only
    connection.setConnectTimeout((int) CONNECT_TIMEOUT.toMillis());
    connection.setReadTimeout((int) READ_TIMEOUT.toMillis());
    return connection;
  }

  private String read(InputStream in) throws IOException {
    long started = nanoTime.getAsLong();
    var bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[BUFFER_BYTES];
    int read;
    while ((read = in.read(buffer)) >= 0) {
      bytes.write(buffer, 0, read);
      if (bytes.size() > MAX_BYTES || nanoTime.getAsLong() - started > MAX_TIME.toNanos()) {
        throw new IOException("/metrics is too long or comes too slowly");
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
