package dev.sluice.web.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** HTTP/1.1 over Jetty, with every resource of a connection bounded. */
public final class WebServer implements AutoCloseable {

  /** Asked by load balancers and containers. */
  public static final String HEALTH_PATH = "/health";

  /** Connections at once; no thread waits for an idle one. */
  static final int MAX_CONNECTIONS = 256;

  /**
   * Room for the address of a name of 1,024 bytes, each percent-encoded, and a browser's headers.
   */
  static final int MAX_HEADER_BYTES = 16 << 10;

  private static final int MAX_THREADS = 48;
  private static final int MIN_THREADS = 4;
  private static final int ACCEPTORS = 1;
  private static final int SELECTORS = 1;
  private static final int BACKLOG = 64;

  /** Silence after which a connection is closed, within a request too. */
  private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(30);

  /** For requests that are being answered; an upload that takes longer is broken off. */
  private static final Duration STOP_GRACE = Duration.ofSeconds(10);

  private static final int STOP_POLL_MILLIS = 50;

  private final Server server;
  private final ServerConnector connector;
  private final Router router;
  private boolean closed;

  private WebServer(Server server, ServerConnector connector, Router router) {
    this.server = server;
    this.connector = connector;
    this.router = router;
  }

  /**
   * Listens and answers until it is closed.
   *
   * @param port 0 takes a free one
   * @param nanoTime for the time that requests take
   * @throws IOException if the address cannot be listened on
   */
  public static WebServer start(
      String host, int port, List<Route> routes, RequestGuard guard, LongSupplier nanoTime)
      throws IOException {
    var threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
    threads.setName("web");
    var server = new Server(threads);
    var connector =
        new ServerConnector(
            server, ACCEPTORS, SELECTORS, new HttpConnectionFactory(configuration()));
    connector.setHost(host);
    connector.setPort(port);
    connector.setIdleTimeout(IDLE_TIMEOUT.toMillis());
    connector.setAcceptQueueSize(BACKLOG);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, connector));
    server.setErrorHandler(new ErrorAnswer());
    var router = new Router(routes, guard, new RequestLog(nanoTime));
    server.setHandler(router);
    try {
      server.start();
    } catch (Exception cannotListen) {
      stop(server);
      throw new IOException(
          "cannot listen on " + host + ":" + port + ": " + cannotListen.getMessage(), cannotListen);
    }
    return new WebServer(server, connector, router);
  }

  private static HttpConfiguration configuration() {
    var configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    configuration.setSendXPoweredBy(false);
    configuration.setRequestHeaderSize(MAX_HEADER_BYTES);
    return configuration;
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return new InetSocketAddress(connector.getHost(), connector.getLocalPort());
  }

  /** Takes no more requests, and waits for those that are being answered, for a bounded time. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    router.stopTaking();
    connector.shutdown();
    try {
      for (long waited = 0;
          router.running() > 0 && waited < STOP_GRACE.toMillis();
          waited += STOP_POLL_MILLIS) {
        wait(STOP_POLL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    stop(server);
  }

  private static void stop(Server server) {
    try {
      server.stop();
    } catch (Exception cannotStop) {
      throw new IllegalStateException("the server does not stop", cannotStop);
    }
  }
}
