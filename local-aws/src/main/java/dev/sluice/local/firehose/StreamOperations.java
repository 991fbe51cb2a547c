package dev.sluice.local.firehose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.local.LocalAccount;
import dev.sluice.local.ServiceError;
import java.util.Map;

/** Creation, description, list and deletion of streams. A stream is active at once. */
final class StreamOperations {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double MILLIS_PER_SECOND = 1_000;
  private static final int LIST_LIMIT = 10;

  private final LocalFirehose firehose;

  StreamOperations(LocalFirehose firehose) {
    this.firehose = firehose;
  }

  Map<String, Operation> table() {
    return Map.of(
        "CreateDeliveryStream", this::create,
        "DescribeDeliveryStream", this::describe,
        "ListDeliveryStreams", this::list,
        "DeleteDeliveryStream", this::delete);
  }

  private ObjectNode create(JsonNode input) {
    String name = PutInput.streamName(input);
    FirehoseStreamOptions options = new StreamConfiguration(firehose).options(name, input);
    FirehoseStream stream;
    try {
      stream = firehose.create(options);
    } catch (IllegalArgumentException exists) {
      throw ServiceError.inUse(
          "Firehose " + name + " under accountId " + LocalAccount.ID + " already exists");
    }
    return JSON.createObjectNode().put("DeliveryStreamARN", stream.arn());
  }

  private ObjectNode describe(JsonNode input) {
    FirehoseStream stream = firehose.find(PutInput.streamName(input));
    FirehoseStreamOptions options = stream.options();
    ObjectNode answer = JSON.createObjectNode();
    ObjectNode description = answer.putObject("DeliveryStreamDescription");
    description
        .put("DeliveryStreamName", options.name())
        .put("DeliveryStreamARN", stream.arn())
        .put("DeliveryStreamStatus", "ACTIVE")
        .put(
            "DeliveryStreamType",
            options.source().isPresent()
                ? StreamConfiguration.KINESIS_AS_SOURCE
                : StreamConfiguration.DIRECT_PUT)
        .put("VersionId", "1")
        .put("CreateTimestamp", stream.birthMillis() / MILLIS_PER_SECOND)
        .put("HasMoreDestinations", false);
    options
        .source()
        .ifPresent(
            source ->
                description
                    .putObject("Source")
                    .putObject("KinesisStreamSourceDescription")
                    .put("KinesisStreamARN", source.streamArn()));
    ObjectNode s3 =
        description
            .putArray("Destinations")
            .addObject()
            .put("DestinationId", "destinationId-000000000001")
            .putObject("ExtendedS3DestinationDescription");
    s3.put("BucketARN", StreamConfiguration.BUCKET_ARN_PREFIX + options.bucket())
        .put("Prefix", options.prefix())
        .put("CompressionFormat", options.compression().name());
    options.errorPrefix().ifPresent(prefix -> s3.put("ErrorOutputPrefix", prefix));
    return answer;
  }

  private ObjectNode list(JsonNode input) {
    String after = input.path("ExclusiveStartDeliveryStreamName").asText("");
    int limit = input.path("Limit").asInt(LIST_LIMIT);
    var names = firehose.names().stream().filter(name -> name.compareTo(after) > 0).toList();
    ObjectNode answer = JSON.createObjectNode();
    answer.put("HasMoreDeliveryStreams", names.size() > limit);
    var listed = answer.putArray("DeliveryStreamNames");
    names.stream().limit(limit).forEach(listed::add);
    return answer;
  }

  private ObjectNode delete(JsonNode input) {
    firehose.delete(PutInput.streamName(input));
    return JSON.createObjectNode();
  }
}
