package dev.sluice.consumer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** {@code /metrics}, {@code /health} and {@code /ready} over HTTP. */
final class HttpEndpoints implements AutoCloseable {
  private static final int THREADS = 2;
  private static final int BACKLOG = 16;
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int UNAVAILABLE = 503;

  private final HttpServer server;
  private final ExecutorService threads;

  private HttpEndpoints(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Listens and answers until it is closed.
   *
   * @param port 0 takes a free one
   * @param metrics text of Prometheus' exposition format
   * @throws CannotStartException if the address cannot be listened on
   */
  static HttpEndpoints open(
      String host,
      int port,
      Supplier<String> metrics,
      Supplier<ConsumerHealth.Report> health,
      Supplier<ConsumerHealth.Report> ready) {
    HttpServer server;
    try {
      var address = new InetSocketAddress(host, port);
      if (address.isUnresolved()) {
        throw new CannotStartException("HTTP_HOST " + host + " is not an address here", null);
      }
      server = HttpServer.create(address, BACKLOG);
    } catch (IOException e) {
      throw new CannotStartException(
          "cannot listen on " + host + ":" + port + ": " + e.getMessage(), e);
    }
    ExecutorService threads =
        Executors.newFixedThreadPool(
            THREADS,
            task -> {
              var thread = new Thread(task, "consumer-http");
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    server.createContext(
        "/metrics",
        exchange ->
            answer(exchange, "/metrics", OK, "text/plain; version=0.0.4; charset=utf-8", metrics));
    report(server, "/health", health);
    report(server, "/ready", ready);
    server.start();
    return new HttpEndpoints(server, threads);
  }

  private static void report(
      HttpServer server, String path, Supplier<ConsumerHealth.Report> reports) {
    server.createContext(
        path,
        exchange -> {
          ConsumerHealth.Report report = reports.get();
          int status = report.good() ? OK : UNAVAILABLE;
          answer(exchange, path, status, "application/json", report::json);
        });
  }

  private static void answer(
      HttpExchange exchange, String path, int status, String type, Supplier<String> body)
      throws IOException {
    try (exchange) {
      if (!exchange.getRequestURI().getPath().equals(path)) {
        exchange.sendResponseHeaders(NOT_FOUND, -1);
      } else if (!exchange.getRequestMethod().equals("GET")) {
        exchange.getResponseHeaders().set("Allow", "GET");
        exchange.sendResponseHeaders(METHOD_NOT_ALLOWED, -1);
      } else {
        byte[] bytes = body.get().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
      }
    }
  }

  InetSocketAddress address() {
    return server.getAddress();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
