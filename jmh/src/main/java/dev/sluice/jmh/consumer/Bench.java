package dev.sluice.jmh.consumer;

import dev.sluice.consumer.AwsClients;
import dev.sluice.jmh.corpus.GeoDatabase;
import dev.sluice.local.EmbeddedAws;
import dev.sluice.local.EmbeddedAwsOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The embedded stack without the limits of shards, and what readers need to know of it. */
final class Bench implements AutoCloseable {
  private final EmbeddedAws aws;
  private final AwsClients clients;

  Bench() {
    EmbeddedAwsOptions options = EmbeddedAwsOptions.defaults();
    aws = EmbeddedAws.start(options.withKinesis(options.kinesis().withShardLimits(false)));
    clients =
        AwsClients.open(
            new AwsClients.LocalStack(
                aws.kinesisEndpoint(),
                aws.dynamoDbEndpoint(),
                aws.s3Endpoint(),
                aws.region(),
                aws.accessKeyId(),
                aws.secretAccessKey()));
  }

  LoadedStream newStream() {
    return new LoadedStream(clients, "lines-" + UUID.randomUUID());
  }

  Output newOutput() {
    return new Output(clients.s3(), "output-" + UUID.randomUUID());
  }

  static String newApplication(ReaderKind kind) {
    return kind.label() + "-" + UUID.randomUUID();
  }

  AwsClients clients() {
    return clients;
  }

  /** Starts a reader of the stream, with an application of its own. */
  ReaderProcess start(
      ReaderKind kind,
      String application,
      LoadedStream stream,
      Output output,
      int objectRecords,
      Duration objectAge) {
    Map<String, String> settings = new HashMap<>(aws.environment());
    settings.put("STREAM_NAME", stream.name());
    settings.put("APPLICATION_NAME", application);
    settings.put("OUTPUT_BUCKET", output.bucket());
    settings.put("OUTPUT_PREFIX", Output.PREFIX);
    settings.put("S3_PATH_STYLE", "true");
    settings.put("RECORD_DELIVERY", "fan-out");
    settings.put("KCL_TIMINGS", "quick");
    settings.put("PREPARE_LEASES", "true");
    settings.put("CHECKPOINT_INTERVAL", "1s");
    settings.put("MAX_TILE_RECORDS", Integer.toString(objectRecords));
    settings.put("MAX_TILE_AGE", objectAge.toSeconds() + "s");
    settings.put("GEOIP_CITY_DATABASE", GeoDatabase.file().toString());
    return ReaderProcess.start(kind, settings);
  }

  @Override
  public void close() {
    clients.close();
    aws.close();
  }
}
