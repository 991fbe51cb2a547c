package dev.sluice.local.firehose;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.local.kinesis.KinesisEmulator;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** Puts into the local Kinesis by AWS's client. */
final class KinesisSource {

  private KinesisSource() {}

  static void create(KinesisEmulator kinesis, String stream, int shards) {
    try (KinesisClient client = client(kinesis)) {
      client.createStream(create -> create.streamName(stream).shardCount(shards));
    }
  }

  static String put(KinesisEmulator kinesis, String stream, String partitionKey, String text) {
    return put(kinesis, stream, partitionKey, text.getBytes(UTF_8));
  }

  static String put(KinesisEmulator kinesis, String stream, String partitionKey, byte[] data) {
    try (KinesisClient client = client(kinesis)) {
      return client
          .putRecord(
              put ->
                  put.streamName(stream)
                      .partitionKey(partitionKey)
                      .data(SdkBytes.fromByteArray(data)))
          .sequenceNumber();
    }
  }

  static KinesisClient client(KinesisEmulator kinesis) {
    return KinesisClient.builder()
        .endpointOverride(kinesis.endpoint())
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }
}
