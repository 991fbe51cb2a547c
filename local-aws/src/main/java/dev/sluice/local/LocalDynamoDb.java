package dev.sluice.local;

import java.net.URI;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/**
 * DynamoDB Local with its Streams, in memory, on a port of the loopback address.
 *
 * <p>The server that comes with DynamoDB Local listens on every address of the machine and reports
 * usage home. This one puts the same request handler behind a connector of its own, on loopback,
 * and never starts the reporter.
 */
final class LocalDynamoDb implements AutoCloseable {

  private static final int MAX_SERVER_THREADS = 32;
  private static final boolean IN_MEMORY = true;

  /** One database for every access key and region, so that any client sees the same tables. */
  private static final boolean SHARED_BY_ALL_CLIENTS = true;

  private static final boolean DELAY_TRANSIENT_STATUSES = false;
  private static final int NO_PORT_OF_ITS_OWN = 0;
  private static final String NO_DATABASE_FOLDER = null;
  private static final String NO_CORS = null;

  /**
   * Held while a handler is made: each fills the same static maps of DynamoDB Local, which are not
   * made for it. Two at once could lose an operation for the rest of the process.
   */
  private static final Object STATIC_MAPS = new Object();

  private final Server server;
  private final ServerConnector connector;
  private final LocalDynamoDBRequestHandler requests;

  private LocalDynamoDb(
      Server server, ServerConnector connector, LocalDynamoDBRequestHandler requests) {
    this.server = server;
    this.connector = connector;
    this.requests = requests;
  }

  /**
   * Starts the server.
   *
   * @param port the port on loopback, 0 for a free one
   * @throws LocalAwsException when it cannot listen there
   */
  static LocalDynamoDb start(int port) {
    var requests =
        new LocalDynamoDBRequestHandler(
            NO_PORT_OF_ITS_OWN,
            IN_MEMORY,
            NO_DATABASE_FOLDER,
            SHARED_BY_ALL_CLIENTS,
            DELAY_TRANSIENT_STATUSES);
    var threads = new QueuedThreadPool(MAX_SERVER_THREADS);
    threads.setName("local-dynamodb");
    threads.setDaemon(true);
    var server = new Server(threads);
    var connector = new ServerConnector(server);
    connector.setHost(Loopback.HOST);
    connector.setPort(port);
    server.addConnector(connector);
    synchronized (STATIC_MAPS) {
      server.setHandler(new ContextHandler(new LocalDynamoDBServerHandler(requests, NO_CORS)));
    }
    try {
      server.start();
    } catch (Exception cannotListen) {
      requests.shutdown();
      throw LocalAwsException.cannotStart("DynamoDB Local", port, cannotListen);
    }
    return new LocalDynamoDb(server, connector, requests);
  }

  URI endpoint() {
    return Loopback.http(connector.getLocalPort());
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception cannotStop) {
      throw LocalAwsException.cannotStop("DynamoDB Local", cannotStop);
    } finally {
      requests.shutdown();
    }
  }
}
