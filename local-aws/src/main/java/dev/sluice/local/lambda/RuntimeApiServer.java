package dev.sluice.local.lambda;

import dev.sluice.local.LocalAwsException;
import dev.sluice.local.Loopback;
import java.time.Duration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The Runtime API of one function on a free port of the loopback address. */
final class RuntimeApiServer implements AutoCloseable {

  private static final Duration STOP_TIME = Duration.ofSeconds(1);
  private static final int THREADS_MAX = 8;

  private final Server server;
  private final ServerConnector connector;

  RuntimeApiServer(String functionName, RuntimeApi api) {
    var threads = new QueuedThreadPool(THREADS_MAX);
    threads.setName("lambda-" + functionName);
    threads.setDaemon(true);
    threads.setStopTimeout(STOP_TIME.toMillis());
    server = new Server(threads);
    connector = new ServerConnector(server, 1, 1);
    connector.setHost(Loopback.HOST);
    connector.setIdleTimeout(0); // a runtime waits for its next event as long as it takes
    server.addConnector(connector);
    server.setHandler(api);
  }

  void start() {
    try {
      server.start();
    } catch (Exception cannotListen) {
      throw LocalAwsException.cannotStart("The Runtime API", 0, cannotListen);
    }
  }

  int port() {
    return connector.getLocalPort();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception cannotStop) {
      throw LocalAwsException.cannotStop("The Runtime API", cannotStop);
    }
  }
}
