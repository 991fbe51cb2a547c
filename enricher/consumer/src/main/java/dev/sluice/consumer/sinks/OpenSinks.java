package dev.sluice.consumer.sinks;

import dev.sluice.consumer.CannotStartException;
import dev.sluice.consumer.tiles.ConsumerEvents;
import dev.sluice.consumer.tiles.Pause;
import dev.sluice.consumer.tiles.RetryPolicy;
import dev.sluice.consumer.tiles.TileSink;
import dev.sluice.consumer.tiles.TileSinks;
import dev.sluice.consumer.tiles.TileSinks.RejectQueue;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The sinks of one consumer besides S3, with their clients: each was asked once and answered. */
public final class OpenSinks implements AutoCloseable {
  private final SinkSettings settings;
  private final SinkClients clients;
  private final RandomGenerator random;
  private final ConsumerEvents events;
  private final BatchSender sender;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final TileSinks sinks;

  private OpenSinks(
      SinkSettings settings,
      SinkClients clients,
      OutputStream stdout,
      RandomGenerator random,
      ConsumerEvents events) {
    this.settings = settings;
    this.clients = clients;
    this.random = random;
    this.events = events;
    sender = new BatchSender(RetryPolicy.DEFAULT, Pause.SLEEP, random, events);
    try {
      var enriched = new ArrayList<TileSink>();
      for (SinkKind kind : settings.kinds()) {
        switch (kind) {
          case S3 -> {} // it is the commit
          case KINESIS -> enriched.add(stream());
          case FIREHOSE -> enriched.add(deliveryStream());
          case FILE -> enriched.add(file(settings.file().orElseThrow()));
          case STDOUT -> enriched.add(new OutputStreamSink(stdout, events));
        }
      }
      sinks = new TileSinks(enriched, settings.rejectsQueueUrl().map(this::queue));
    } catch (RuntimeException cannotOpen) {
      close();
      throw cannotOpen;
    }
  }

  /**
   * Opens the sinks that the settings name.
   *
   * @param stdout of the sink stdout
   * @param random used by many threads
   * @throws CannotStartException if one of them cannot be written to
   */
  public static OpenSinks open(
      SinkSettings settings,
      SinkClients clients,
      OutputStream stdout,
      RandomGenerator random,
      ConsumerEvents events) {
    return new OpenSinks(settings, clients, stdout, random, events);
  }

  private <C extends AutoCloseable> C kept(C client) {
    opened.push(client);
    return client;
  }

  private static void check(String what, String action, Runnable call) {
    try {
      call.run();
    } catch (SdkException e) {
      throw CannotStartException.because(e, what, action);
    }
  }

  private TileSink stream() {
    String name = settings.stream();
    String what = "Kinesis, sink stream " + name;
    KinesisClient client = kept(clients.kinesis().get());
    check(
        what,
        "kinesis:DescribeStreamSummary",
        () -> client.describeStreamSummary(r -> r.streamName(name)));
    var keys = new PartitionKeys(settings.partitionKey(), random);
    return new BatchedSink<>(
        "kinesis",
        new StreamPut(client, name, settings.maxRecordBytes()),
        line -> StreamPut.entry(keys.of(line), line),
        sender,
        settings.maxCalls(),
        events);
  }

  private TileSink deliveryStream() {
    String name = settings.deliveryStream();
    FirehoseClient client = kept(clients.firehose().get());
    check(
        "Firehose, stream " + name,
        "firehose:DescribeDeliveryStream",
        () -> client.describeDeliveryStream(r -> r.deliveryStreamName(name)));
    return new BatchedSink<>(
        "firehose",
        new DeliveryPut(client, name),
        DeliveryPut::entry,
        sender,
        settings.maxCalls(),
        events);
  }

  private TileSink file(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    boolean writable =
        Files.exists(file)
            ? Files.isRegularFile(file) && Files.isWritable(file)
            : folder != null && Files.isDirectory(folder) && Files.isWritable(folder);
    if (!writable) {
      throw new CannotStartException("cannot write to the file " + file, null);
    }
    return new FileSink(file, RetryPolicy.FILE, Pause.SLEEP, random, events);
  }

  private RejectQueue queue(String url) {
    SqsClient client = kept(clients.sqs().get());
    check(
        "SQS, queue " + url,
        "sqs:GetQueueAttributes",
        () ->
            client.getQueueAttributes(
                r -> r.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN)));
    var sink =
        new BatchedSink<>(
            "sqs", new QueuePut(client, url), QueuePut::entry, sender, settings.maxCalls(), events);
    return new RejectQueue(url, sink, QueuePut.MAX_RAW_BYTES);
  }

  /** What a run writes to before each commit. */
  public TileSinks sinks() {
    return sinks;
  }

  @Override
  public void close() {
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException("a client of a sink does not close", e);
      }
    }
  }
}
