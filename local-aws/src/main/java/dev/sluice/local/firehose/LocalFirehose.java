package dev.sluice.local.firehose;

import dev.sluice.local.LocalAccount;
import dev.sluice.local.LocalAwsException;
import dev.sluice.local.Loopback;
import dev.sluice.local.RandomIds;
import dev.sluice.local.ServiceError;
import dev.sluice.local.kinesis.KinesisEmulator;
import dev.sluice.local.lambda.LocalLambda;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Amazon Data Firehose in this JVM, on a port of the loopback address. Streams are created here,
 * not by its API, which has PutRecord and PutRecordBatch; requests are not authenticated.
 *
 * <p>True to the service are the bounds of a put and their errors, batches by size and age, the
 * event, the retries, the check of the function's answer, names of objects, documents about
 * failures, GZIP, and de-aggregation of what the KPL has put into one record of the source. Left
 * out: the throughput quota, the second buffer in front of S3 (each batch is delivered by itself),
 * other compressions, and the pause between retries.
 */
public final class LocalFirehose implements AutoCloseable {

  private static final int SERVER_THREADS_MAX = 16;
  private static final Duration SERVER_STOP_TIME = Duration.ofSeconds(2);

  private final S3Client s3;
  private final InstantSource clock;
  private final RandomIds ids;
  private final FirehoseFaults faults = new FirehoseFaults();
  private final Map<String, FirehoseStream> streams = new ConcurrentHashMap<>();
  private final Map<String, Transformation> functions = new ConcurrentHashMap<>();
  private volatile Optional<KinesisEmulator> kinesis = Optional.empty();
  private final Server server;
  private final ServerConnector connector;

  private LocalFirehose(int port, S3Client s3, InstantSource clock, RandomIds ids) {
    this.s3 = s3;
    this.clock = clock;
    this.ids = ids;
    var threads = new QueuedThreadPool(SERVER_THREADS_MAX);
    threads.setName("firehose");
    threads.setDaemon(true);
    threads.setStopTimeout(SERVER_STOP_TIME.toMillis());
    server = new Server(threads);
    connector = new ServerConnector(server, 1, 1);
    connector.setHost(Loopback.HOST);
    connector.setPort(port);
    server.addConnector(connector);
    server.setHandler(new FirehoseApi(this, ids));
  }

  /**
   * Starts the service without streams.
   *
   * @param port the port on loopback, 0 for a free one
   * @param s3 where streams deliver; stays its owner's to close
   * @param clock time of arrivals and of the buffering interval
   * @param random source of ids, in names of objects among others
   * @throws LocalAwsException when it cannot listen there
   */
  public static LocalFirehose start(
      int port, S3Client s3, InstantSource clock, RandomGenerator random) {
    var firehose = new LocalFirehose(port, s3, clock, new RandomIds(random));
    try {
      firehose.server.start();
      return firehose;
    } catch (Exception cannotListen) {
      throw LocalAwsException.cannotStart("Firehose", port, cannotListen);
    }
  }

  /**
   * Creates a stream, which is active at once.
   *
   * @throws IllegalArgumentException when there is one of that name
   */
  public FirehoseStream create(FirehoseStreamOptions options) {
    var stream = new FirehoseStream(options, s3, clock, ids);
    if (streams.putIfAbsent(options.name(), stream) != null) {
      throw new IllegalArgumentException("Firehose stream " + options.name() + " exists already");
    }
    stream.start();
    return stream;
  }

  /** Lets streams that are created by the API read the streams of that Kinesis. */
  public void connect(KinesisEmulator source) {
    kinesis = Optional.of(source);
  }

  /** Lets streams that are created by the API name this function by its ARN. */
  public void register(LocalLambda function) {
    functions.put(function.function().arn(), Transformation.by(function));
  }

  Optional<Transformation> function(String lambdaArn) {
    return Optional.ofNullable(functions.get(lambdaArn));
  }

  Optional<KinesisEmulator> kinesis() {
    return kinesis;
  }

  /** Names in the order of the alphabet. */
  List<String> names() {
    return streams.keySet().stream().sorted().toList();
  }

  /** Ends a stream at once; what waits in it is gone. */
  void delete(String name) {
    FirehoseStream stream = find(name);
    streams.remove(name, stream);
    stream.close();
  }

  FirehoseStream find(String name) {
    FirehoseStream stream = streams.get(name);
    if (stream == null) {
      throw ServiceError.notFound(
          "Firehose " + name + " under account " + LocalAccount.ID + " not found.");
    }
    return stream;
  }

  /** The endpoint for AWS clients, {@code http://127.0.0.1:<port>}. */
  public URI endpoint() {
    return Loopback.http(connector.getLocalPort());
  }

  /** The switchboard of faults on demand. */
  public FirehoseFaults faults() {
    return faults;
  }

  /** Stops all streams, without delivering what waits, and the server. */
  @Override
  public void close() {
    streams.values().forEach(FirehoseStream::close);
    try {
      server.stop();
    } catch (Exception cannotStop) {
      throw LocalAwsException.cannotStop("Firehose", cannotStop);
    }
  }
}
