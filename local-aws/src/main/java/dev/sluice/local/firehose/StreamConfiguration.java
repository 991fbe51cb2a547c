package dev.sluice.local.firehose;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.local.ServiceError;
import dev.sluice.local.kinesis.StreamTail;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * What CreateDeliveryStream configures, as far as it is known here: an extended S3 destination, a
 * Lambda processor with its parameters, a Kinesis stream as source. Buffering hints of the
 * destination count only where there is no function, since each batch is delivered by itself.
 */
final class StreamConfiguration {

  static final String DIRECT_PUT = "DirectPut";
  static final String KINESIS_AS_SOURCE = "KinesisStreamAsSource";
  static final String BUCKET_ARN_PREFIX = "arn:aws:s3:::";
  private static final BigDecimal BYTES_PER_MEBIBYTE = BigDecimal.valueOf(1 << 20);

  private final LocalFirehose firehose;

  StreamConfiguration(LocalFirehose firehose) {
    this.firehose = firehose;
  }

  FirehoseStreamOptions options(String name, JsonNode input) {
    JsonNode s3 = input.path("ExtendedS3DestinationConfiguration");
    String bucketArn = s3.path("BucketARN").asText();
    if (!bucketArn.startsWith(BUCKET_ARN_PREFIX)) {
      throw ServiceError.invalidArgument(
          "The local Firehose delivers to S3 only: ExtendedS3DestinationConfiguration with a"
              + " BucketARN is required.");
    }
    try {
      var options = FirehoseStreamOptions.to(name, bucketArn.substring(BUCKET_ARN_PREFIX.length()));
      options = withPrefixes(options, s3).withCompression(compression(s3));
      options = withProcessor(options, s3);
      return withSource(options, input);
    } catch (IllegalArgumentException outOfBounds) {
      throw ServiceError.invalidArgument(outOfBounds.getMessage());
    }
  }

  private static FirehoseStreamOptions withPrefixes(FirehoseStreamOptions options, JsonNode s3) {
    String prefix = s3.path("Prefix").asText("");
    return s3.hasNonNull("ErrorOutputPrefix")
        ? options.withPrefixes(prefix, s3.get("ErrorOutputPrefix").asText())
        : options.withPrefix(prefix);
  }

  private static FirehoseStreamOptions.Compression compression(JsonNode s3) {
    String name = s3.path("CompressionFormat").asText("UNCOMPRESSED");
    try {
      return FirehoseStreamOptions.Compression.valueOf(name);
    } catch (IllegalArgumentException other) {
      throw ServiceError.invalidArgument(
          "The local Firehose compresses by GZIP or not at all, not by " + name + ".");
    }
  }

  private FirehoseStreamOptions withProcessor(FirehoseStreamOptions options, JsonNode s3) {
    JsonNode processing = s3.path("ProcessingConfiguration");
    JsonNode processors = processing.path("Processors");
    if (!processing.path("Enabled").asBoolean() || processors.isEmpty()) {
      JsonNode seconds = s3.path("BufferingHints").path("IntervalInSeconds");
      return seconds.isNumber()
          ? options.withBuffer(options.bufferBytes(), Duration.ofSeconds(seconds.asLong()))
          : options;
    }
    if (processors.size() > 1 || !processors.get(0).path("Type").asText().equals("Lambda")) {
      throw ServiceError.invalidArgument("The local Firehose has one processor, a Lambda.");
    }
    Map<String, String> parameters = new HashMap<>();
    processors
        .get(0)
        .path("Parameters")
        .forEach(
            each ->
                parameters.put(
                    each.path("ParameterName").asText(), each.path("ParameterValue").asText()));
    String arn = parameters.getOrDefault("LambdaArn", "").replaceFirst(":\\$LATEST$", "");
    Transformation function =
        firehose
            .function(arn)
            .orElseThrow(
                () -> ServiceError.invalidArgument("There is no local function " + arn + "."));
    return options
        .withTransformation(function.withRetries(retries(parameters)))
        .withBuffer(bufferBytes(options, parameters), bufferInterval(options, parameters));
  }

  private static int retries(Map<String, String> parameters) {
    String retries = parameters.get("NumberOfRetries");
    return retries == null ? Transformation.DEFAULT_RETRIES : Integer.parseInt(retries);
  }

  private static long bufferBytes(FirehoseStreamOptions options, Map<String, String> parameters) {
    String mebibytes = parameters.get("BufferSizeInMBs");
    return mebibytes == null
        ? options.bufferBytes()
        : new BigDecimal(mebibytes).multiply(BYTES_PER_MEBIBYTE).longValue();
  }

  private static Duration bufferInterval(
      FirehoseStreamOptions options, Map<String, String> parameters) {
    String seconds = parameters.get("BufferIntervalInSeconds");
    return seconds == null ? options.bufferInterval() : Duration.ofSeconds(Long.parseLong(seconds));
  }

  private FirehoseStreamOptions withSource(FirehoseStreamOptions options, JsonNode input) {
    if (!input.path("DeliveryStreamType").asText(DIRECT_PUT).equals(KINESIS_AS_SOURCE)) {
      return options;
    }
    String arn = input.path("KinesisStreamSourceConfiguration").path("KinesisStreamARN").asText();
    StreamTail tail =
        firehose
            .kinesis()
            .map(kinesis -> kinesis.tail(arn.substring(arn.indexOf('/') + 1)))
            .filter(found -> found.streamArn().equals(arn))
            .orElseThrow(
                () -> ServiceError.invalidArgument("There is no local stream " + arn + "."));
    return options.withSource(tail);
  }
}
