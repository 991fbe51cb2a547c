package dev.sluice.local.kinesis;

import dev.sluice.local.ServiceError;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Streams as a whole: create, delete, describe, list, retention. A stream is ACTIVE when
 * CreateStream answers, and gone when DeleteStream does.
 */
final class StreamOperations {
  private static final int ON_DEMAND_SHARDS = 4;
  private static final int LIST_LIMIT_MAX = 10_000;
  private static final int LIST_LIMIT_DEFAULT = 100;
  private static final int DESCRIBE_LIMIT_MAX = 10_000;
  private static final int DESCRIBE_LIMIT_DEFAULT = 100;

  private final StreamStore store;

  StreamOperations(StreamStore store) {
    this.store = store;
  }

  Map<String, Operation> table() {
    return Map.of(
        "CreateStream", this::create,
        "DeleteStream", this::delete,
        "DescribeStream", this::describe,
        "DescribeStreamSummary", this::describeSummary,
        "ListStreams", this::list,
        "IncreaseStreamRetentionPeriod", input -> retain(input, true),
        "DecreaseStreamRetentionPeriod", input -> retain(input, false));
  }

  private Answer create(Input input) {
    String name = Names.required(input, "StreamName");
    String mode =
        input
            .object("StreamModeDetails")
            .map(details -> details.requiredText("StreamMode"))
            .orElse("PROVISIONED");
    Optional<Integer> shards = input.integer("ShardCount", 1, Integer.MAX_VALUE);
    switch (mode) {
      case "ON_DEMAND" -> {
        if (shards.isPresent()) {
          throw ServiceError.invalidArgument(
              "ShardCount must not be given for a stream in ON_DEMAND mode.");
        }
      }
      case "PROVISIONED" -> {
        if (shards.isEmpty()) {
          throw ServiceError.invalidArgument(
              "ShardCount must be given for a stream in PROVISIONED mode.");
        }
      }
      default ->
          throw input.invalid(
              "StreamModeDetails.streamMode",
              mode,
              "Member must satisfy enum value set: [PROVISIONED, ON_DEMAND]");
    }
    store.create(
        name, shards.orElse(ON_DEMAND_SHARDS), mode.equals("ON_DEMAND"), input.textMap("Tags"));
    return Answer.EMPTY;
  }

  private Answer delete(Input input) {
    KinesisStream stream = store.find(input);
    if (!stream.consumers().isEmpty() && !input.flag("EnforceConsumerDeletion")) {
      throw ServiceError.inUse(
          "Stream "
              + stream.name()
              + " under account "
              + store.options().accountId()
              + " has registered consumers. Deregister them, or set EnforceConsumerDeletion.");
    }
    store.delete(stream);
    return Answer.EMPTY;
  }

  private Answer describe(Input input) {
    KinesisStream stream = store.find(input);
    int limit = input.integer("Limit", 1, DESCRIBE_LIMIT_MAX).orElse(DESCRIBE_LIMIT_DEFAULT);
    String after = input.text("ExclusiveStartShardId").orElse("");
    List<Shard> rest =
        stream.shards().stream().filter(shard -> shard.id().compareTo(after) > 0).toList();
    List<Shard> page = rest.subList(0, Math.min(limit, rest.size()));
    return out ->
        out.object(
            "StreamDescription",
            description -> {
              common(description, stream);
              Structures.shards(description, page);
              description.flag("HasMoreShards", page.size() < rest.size());
            });
  }

  private Answer describeSummary(Input input) {
    KinesisStream stream = store.find(input);
    return out ->
        out.object(
            "StreamDescriptionSummary",
            summary -> {
              common(summary, stream);
              summary.number("OpenShardCount", stream.openShards().size());
              summary.number("ConsumerCount", stream.consumers().size());
            });
  }

  private static void common(WireWriter out, KinesisStream stream) throws IOException {
    summary(out, stream);
    out.number("RetentionPeriodHours", stream.retentionHours());
    out.objects(
        "EnhancedMonitoring",
        List.of(List.<String>of()),
        none -> out.texts("ShardLevelMetrics", none));
    out.text("EncryptionType", "NONE");
  }

  private static void summary(WireWriter out, KinesisStream stream) throws IOException {
    out.text("StreamName", stream.name());
    out.text("StreamARN", stream.arn());
    out.text("StreamStatus", "ACTIVE");
    out.object(
        "StreamModeDetails",
        mode -> mode.text("StreamMode", stream.isOnDemand() ? "ON_DEMAND" : "PROVISIONED"));
    out.timestamp("StreamCreationTimestamp", stream.creationMillis());
  }

  private Answer list(Input input) {
    int limit = input.integer("Limit", 1, LIST_LIMIT_MAX).orElse(LIST_LIMIT_DEFAULT);
    // a next token is the last name of the page before
    String after =
        input.text("NextToken").or(() -> input.text("ExclusiveStartStreamName")).orElse("");
    List<KinesisStream> rest =
        store.all().stream().filter(stream -> stream.name().compareTo(after) > 0).toList();
    List<KinesisStream> page = rest.subList(0, Math.min(limit, rest.size()));
    boolean more = page.size() < rest.size();
    return out -> {
      out.texts("StreamNames", page.stream().map(KinesisStream::name).toList());
      out.objects("StreamSummaries", page, stream -> summary(out, stream));
      out.flag("HasMoreStreams", more);
      out.text("NextToken", more ? page.get(page.size() - 1).name() : null);
    };
  }

  private Answer retain(Input input, boolean increase) {
    KinesisStream stream = store.find(input);
    int hours = input.requiredInteger("RetentionPeriodHours", 1, Integer.MAX_VALUE);
    if (hours < KinesisStream.RETENTION_HOURS_MIN || hours > KinesisStream.RETENTION_HOURS_MAX) {
      throw ServiceError.invalidArgument(
          "RetentionPeriodHours "
              + hours
              + " is not between "
              + KinesisStream.RETENTION_HOURS_MIN
              + " and "
              + KinesisStream.RETENTION_HOURS_MAX
              + ".");
    }
    int now = stream.retentionHours();
    if (increase ? hours < now : hours > now) {
      throw ServiceError.invalidArgument(
          "Requested retention period "
              + hours
              + " hours is on the wrong side of the current one, "
              + now
              + " hours.");
    }
    stream.retain(hours);
    return Answer.EMPTY;
  }
}
