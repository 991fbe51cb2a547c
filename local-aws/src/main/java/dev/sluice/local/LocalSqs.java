package dev.sluice.local;

import com.typesafe.config.ConfigFactory;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.ActorSystem;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;

/**
 * ElasticMQ: SQS with dead-letter queues, redrive and FIFO queues, in memory, on a port of the
 * loopback address. Its start takes some seconds.
 */
final class LocalSqs implements AutoCloseable {

  private static final String NAME = "SQS (ElasticMQ)";
  private static final Duration STOP_MAX = Duration.ofSeconds(10);

  /** Its threads must not keep a JVM alive, and its log goes where everything else goes. */
  private static final String SETTINGS =
      """
      pekko.daemonic = on
      pekko.jvm-shutdown-hooks = off
      pekko.log-dead-letters = off
      pekko.log-dead-letters-during-shutdown = off
      pekko.loggers = ["org.apache.pekko.event.slf4j.Slf4jLogger"]
      pekko.logging-filter = "org.apache.pekko.event.slf4j.Slf4jLoggingFilter"
      pekko.loglevel = WARNING
      """;

  private final ActorSystem actors;
  private final SQSRestServer server;
  private final int port;

  private LocalSqs(ActorSystem actors, SQSRestServer server, int port) {
    this.actors = actors;
    this.server = server;
    this.port = port;
  }

  /**
   * Starts the server without queues.
   *
   * @param port the port on loopback, 0 for a free one
   * @throws LocalAwsException when it cannot listen there
   */
  static LocalSqs start(int port) {
    ActorSystem actors =
        ActorSystem.create(
            "local-sqs", ConfigFactory.parseString(SETTINGS).withFallback(ConfigFactory.load()));
    try {
      SQSRestServer server =
          SQSRestServerBuilder.withActorSystem(actors)
              .withInterface(Loopback.HOST)
              .withPort(port)
              .withAWSRegion(LocalAccount.REGION)
              .withAWSAccountId(LocalAccount.ID)
              .start();
      return new LocalSqs(actors, server, server.waitUntilStarted().localAddress().getPort());
    } catch (Exception cannotListen) { // Scala throws what it does not declare
      end(actors);
      throw LocalAwsException.cannotStart(NAME, port, cannotListen);
    }
  }

  URI endpoint() {
    return Loopback.http(port);
  }

  @Override
  public void close() {
    try {
      server.stopAndWait();
    } finally {
      end(actors);
    }
  }

  private static void end(ActorSystem actors) {
    actors.terminate();
    try {
      actors
          .getWhenTerminated()
          .toCompletableFuture()
          .get(STOP_MAX.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException cannotStop) {
      throw LocalAwsException.cannotStop(NAME, cannotStop);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
