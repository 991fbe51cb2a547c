package dev.sluice.local.proxy;

import dev.sluice.local.LocalAwsException;
import dev.sluice.local.Loopback;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands between a client and an HTTP server of this machine, on a port of the loopback address,
 * and lets calls meet faults, by shares and a seed. Without a fault it passes every byte on.
 *
 * <p>HTTP/1.1 meets its faults call by call. HTTP/2 is passed on as it is: what a client sends at
 * once counts as a call there, and {@link Fault#ERROR} and {@link Fault#THROTTLE} do not occur.
 *
 * <pre>{@code
 * try (var proxy = FaultProxy.start(aws.s3Endpoint())) {
 *   proxy.set(FaultMix.none().with(Fault.ERROR, 0.3).with(Fault.RESET, 0.1).withSeed(7));
 *   ...
 *   proxy.clear();
 * }
 * }</pre>
 */
public final class FaultProxy implements AutoCloseable {
  /** Open at once; one more is reset. */
  public static final int CONNECTIONS_MAX = 512;

  private static final int BACKLOG = 128;
  private static final Duration MAX_ACCEPTOR_WAIT = Duration.ofSeconds(5);

  private static final String NAME = "fault proxy";

  private final InetSocketAddress target;
  private final FaultDice dice = new FaultDice();
  private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
  private final int port;
  private volatile ServerSocket listener; // null while connections are refused
  private Thread acceptor; // of the listener
  private boolean closed;

  private FaultProxy(InetSocketAddress target, ServerSocket listener) {
    this.target = target;
    this.listener = listener;
    this.port = listener.getLocalPort();
  }

  /** Starts one on a free port. */
  public static FaultProxy start(URI target) {
    return start(target, 0);
  }

  /**
   * Starts one.
   *
   * @param target of the form {@code http://host:port}
   * @param port on loopback, 0 for a free one
   * @throws LocalAwsException when it cannot listen there
   */
  public static FaultProxy start(URI target, int port) {
    try {
      var proxy =
          new FaultProxy(new InetSocketAddress(target.getHost(), target.getPort()), listen(port));
      proxy.accept(proxy.listener);
      return proxy;
    } catch (IOException cannotListen) {
      throw LocalAwsException.cannotStart(NAME, port, cannotListen);
    }
  }

  /** The endpoint to give to clients in the server's place. */
  public URI endpoint() {
    return Loopback.http(port);
  }

  /** From now on calls meet these faults; calls that hang because of those before are reset. */
  public void set(FaultMix mix) {
    dice.set(mix);
  }

  /** Ends all faults. */
  public synchronized void clear() {
    refuseConnections(false);
    dice.set(FaultMix.none());
  }

  /**
   * As if the server were down: nobody listens, and open connections are reset.
   *
   * @throws LocalAwsException when the port was taken by somebody else meanwhile
   */
  public synchronized void refuseConnections(boolean on) {
    if (on == (listener == null) || closed) {
      return;
    }
    try {
      if (on) {
        ServerSocket closing = listener;
        listener = null;
        closing.close();
        awaitAcceptor();
        resetConnections();
      } else {
        listener = listen(port);
        accept(listener);
      }
    } catch (IOException cannotListen) {
      throw LocalAwsException.cannotStart(NAME, port, cannotListen);
    }
  }

  /** Resets every connection that is open. */
  public void resetConnections() {
    connections.forEach(ProxiedConnection::reset);
  }

  /** How often each fault has occurred; those that have not are not there. */
  public Map<Fault, Long> counts() {
    return dice.counts();
  }

  private static ServerSocket listen(int port) throws IOException {
    var listener = new ServerSocket();
    try {
      listener.setReuseAddress(true);
      listener.bind(new InetSocketAddress(Loopback.HOST, port), BACKLOG);
      return listener;
    } catch (IOException cannotListen) {
      listener.close();
      throw cannotListen;
    }
  }

  private synchronized void accept(ServerSocket from) {
    acceptor =
        start(
            "accept",
            () -> {
              while (true) {
                try {
                  open(from.accept());
                } catch (IOException closing) {
                  if (from.isClosed()) {
                    return;
                  }
                }
              }
            });
  }

  /** The system goes on listening for as long as a thread is inside of its call. */
  private void awaitAcceptor() {
    try {
      acceptor.join(MAX_ACCEPTOR_WAIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void open(Socket client) throws IOException {
    if (connections.size() >= CONNECTIONS_MAX || dice.refuses()) {
      client.setSoLinger(true, 0);
      client.close();
      return;
    }
    var connection = new ProxiedConnection(client, target, dice, connections::remove);
    connections.add(connection);
    start("requests", connection::relayRequests);
    start("responses", connection::relayResponses);
    if (isDown()) {
      connection.reset(); // it came while the others were reset
    }
  }

  private boolean isDown() {
    return listener == null;
  }

  private static Thread start(String what, Runnable work) {
    var thread = new Thread(work, "fault-proxy-" + what);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** Resets all connections and ends all threads. */
  @Override
  public synchronized void close() {
    refuseConnections(true);
    closed = true;
    dice.set(FaultMix.none()); // who hangs goes on, and finds the connection reset
  }
}
