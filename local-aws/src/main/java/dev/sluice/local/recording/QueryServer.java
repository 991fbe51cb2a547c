package dev.sluice.local.recording;

import dev.sluice.local.LocalAwsException;
import dev.sluice.local.Loopback;
import dev.sluice.local.RandomIds;
import dev.sluice.local.ServiceError;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** A service of the query protocol, on a port of the loopback address. */
final class QueryServer implements AutoCloseable {
  private static final int THREADS_MAX = 16;
  private static final Duration STOP_TIME = Duration.ofSeconds(2);

  private final String name;
  private final Server server;
  private final ServerConnector connector;

  private QueryServer(String name, Server server, ServerConnector connector) {
    this.name = name;
    this.server = server;
    this.connector = connector;
  }

  /**
   * Starts it.
   *
   * @param name for messages and threads
   * @param port the port on loopback, 0 for a free one
   * @param xmlNamespace of the answers
   * @throws LocalAwsException when it cannot listen there
   */
  static QueryServer start(
      String name,
      int port,
      String xmlNamespace,
      Map<String, QueryOperation> operations,
      RandomIds ids) {
    var threads = new QueuedThreadPool(THREADS_MAX);
    threads.setName(name);
    threads.setDaemon(true);
    threads.setStopTimeout(STOP_TIME.toMillis());
    var server = new Server(threads);
    var connector = new ServerConnector(server, 1, 1);
    connector.setHost(Loopback.HOST);
    connector.setPort(port);
    server.addConnector(connector);
    server.setHandler(new QueryApi(name, xmlNamespace, operations, ids));
    try {
      server.start();
    } catch (Exception cannotListen) {
      throw LocalAwsException.cannotStart(name, port, cannotListen);
    }
    return new QueryServer(name, server, connector);
  }

  /** An error of the caller, by the name that SDKs map to an exception class. */
  static ServiceError refused(String type, String message) {
    return ServiceError.of(400, type, message);
  }

  URI endpoint() {
    return Loopback.http(connector.getLocalPort());
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception cannotStop) {
      throw LocalAwsException.cannotStop(name, cannotStop);
    }
  }
}
