package dev.sluice.local.kinesis;

import dev.sluice.local.ServiceError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.io.RateControl;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;

/**
 * A Kinesis Data Streams server in this JVM, on 127.0.0.1, speaking HTTP/1.1 and HTTP/2 without TLS
 * (prior knowledge) on one port: what the AWS SDKs speak to an {@code http://} endpoint. Its
 * streams live in memory and are gone when it closes.
 *
 * <pre>{@code
 * try (var kinesis = KinesisEmulator.start()) {
 *   var client = KinesisClient.builder().endpointOverride(kinesis.endpoint()) ... .build();
 * }
 * }</pre>
 */
public final class KinesisEmulator implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  private static final int THREADS_MAX = 32;
  private static final int THREADS_MIN = 4;

  /**
   * Longer than a subscription, so that an idle connection is never cut while its client reuses it.
   */
  private static final Duration IDLE_CONNECTION = Duration.ofMinutes(10);

  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(2);

  private final Server server;
  private final ServerConnector connector;
  private final StreamStore store;
  private final Faults faults = new Faults();

  private KinesisEmulator(KinesisEmulatorOptions options) {
    var threads = new QueuedThreadPool(THREADS_MAX, THREADS_MIN);
    threads.setName("kinesis");
    threads.setDaemon(true);
    threads.setStopTimeout(STOP_TIMEOUT.toMillis());
    var timers = new ScheduledExecutorScheduler("kinesis-timer", true);
    server = new Server(threads, timers, null);
    connector = connector(server, options.port());
    server.addConnector(connector);
    store = new StreamStore(options);
    var consumers = new ConsumerDirectory(store);
    var subscribe = new SubscribeOperation(store, consumers, threads, timers);
    server.setHandler(new ApiHandler(store, consumers, subscribe, faults, threads, timers));
  }

  /** Starts a server with {@link KinesisEmulatorOptions#defaults()}. */
  public static KinesisEmulator start() {
    return start(KinesisEmulatorOptions.defaults());
  }

  /**
   * @throws UncheckedIOException when the port can not be used; its message says which
   */
  public static KinesisEmulator start(KinesisEmulatorOptions options) {
    var emulator = new KinesisEmulator(options);
    try {
      emulator.server.start();
      return emulator;
    } catch (IOException e) {
      emulator.close();
      throw new UncheckedIOException(
          "The local Kinesis server can not listen on "
              + LOOPBACK
              + ":"
              + options.port()
              + ": "
              + e.getMessage(),
          e);
    } catch (Exception e) {
      emulator.close();
      throw new IllegalStateException(
          "The local Kinesis server does not start: " + e.getMessage(), e);
    }
  }

  /** The endpoint for AWS clients, {@code http://127.0.0.1:<port>}. */
  public URI endpoint() {
    return URI.create("http://" + LOOPBACK + ":" + connector.getLocalPort());
  }

  /** The switchboard of faults on demand. */
  public Faults faults() {
    return faults;
  }

  /**
   * What all streams hold now, in bytes as {@link KinesisEmulatorOptions#retainedBytesMax()} counts
   * them.
   */
  public long retainedBytes() {
    return store.retainedBytes();
  }

  /**
   * A reader of what comes into a stream from now on.
   *
   * @throws IllegalArgumentException when there is no such stream
   */
  public StreamTail tail(String streamName) {
    try {
      return new StreamTail(store.byName(streamName), store.clock().next());
    } catch (ServiceError notFound) {
      throw new IllegalArgumentException(notFound.getMessage(), notFound);
    }
  }

  /**
   * Breaks the connections of all subscriptions, without a last event, as a network failure does.
   */
  public void dropSubscriptions() {
    store.all().forEach(stream -> stream.consumers().values().forEach(StreamConsumer::drop));
  }

  /**
   * Silences the subscriptions of this moment: neither records nor heartbeats come, and no error
   * (KCL #463). Subscriptions that begin later are well.
   */
  public void stallSubscriptions() {
    store.all().forEach(stream -> stream.consumers().values().forEach(StreamConsumer::stall));
  }

  /** Cuts all connections and ends all threads. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException(
          "The local Kinesis server does not stop: " + e.getMessage(), e);
    }
  }

  private static ServerConnector connector(Server server, int port) {
    var http = new HttpConfiguration();
    http.setSendServerVersion(false);
    var http2 = new HTTP2CServerConnectionFactory(http);
    http2.setStreamIdleTimeout(IDLE_CONNECTION.toMillis());
    http2.setRateControlFactory(
        new RateControl
            .Factory() {}); // clients here are our own: no defence against floods of frames
    var connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http), http2);
    connector.setHost(LOOPBACK);
    connector.setPort(port);
    connector.setIdleTimeout(IDLE_CONNECTION.toMillis());
    return connector;
  }
}
