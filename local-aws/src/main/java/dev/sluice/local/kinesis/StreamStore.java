package dev.sluice.local.kinesis;

import dev.sluice.local.ServiceError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All streams of one server. Thread-safe. */
final class StreamStore {
  /** AWS's default quota of open shards per account in the larger regions. */
  static final int OPEN_SHARDS_MAX = 500;

  private static final int MILLIS_PER_SECOND = 1_000;

  /** Deleted names whose creation time is remembered. */
  private static final int DELETED_NAMES_MAX = 10_000;

  private final KinesisEmulatorOptions options;
  private final SequenceClock clock;
  private final RetainedBytes retained;
  private final Map<String, KinesisStream> streams = new TreeMap<>();
  private final Map<String, Long> deletedCreations = new LinkedHashMap<>();

  StreamStore(KinesisEmulatorOptions options) {
    this.options = options;
    this.clock = new SequenceClock(options.clock());
    this.retained = new RetainedBytes(options.retainedBytesMax());
  }

  KinesisEmulatorOptions options() {
    return options;
  }

  SequenceClock clock() {
    return clock;
  }

  synchronized void create(
      String name, int shardCount, boolean onDemand, Map<String, String> tags) {
    if (streams.containsKey(name)) {
      throw ServiceError.inUse(
          "Stream " + name + " under account " + options.accountId() + " already exists.");
    }
    requireRoomFor(shardCount);
    var stream =
        new KinesisStream(
            name,
            arnPrefix() + name,
            newCreation(name),
            shardCount,
            onDemand,
            options.shardLimits(),
            options.retentionHour(),
            clock);
    stream.tags().putAll(tags);
    streams.put(name, stream);
  }

  /**
   * @throws ServiceError LimitExceededException when that many more open shards are beyond {@link
   *     #OPEN_SHARDS_MAX}
   */
  synchronized void requireRoomFor(int moreShards) {
    int openShards = streams.values().stream().mapToInt(stream -> stream.openShards().size()).sum();
    if (openShards + moreShards > OPEN_SHARDS_MAX) {
      throw ServiceError.limitExceeded(
          "This request would exceed the shard limit for the account "
              + options.accountId()
              + ". Current shard count for the account: "
              + openShards
              + ". Limit: "
              + OPEN_SHARDS_MAX
              + ".");
    }
  }

  synchronized void delete(KinesisStream stream) {
    if (streams.remove(stream.name(), stream)) {
      deletedCreations.put(stream.name(), stream.creationMillis());
      if (deletedCreations.size() > DELETED_NAMES_MAX) {
        deletedCreations.remove(deletedCreations.keySet().iterator().next());
      }
      retained.release(stream.delete());
    }
  }

  synchronized List<KinesisStream> all() {
    return List.copyOf(streams.values());
  }

  /** The stream of the members StreamARN or StreamName. */
  KinesisStream find(Input input) {
    if (input.has("StreamARN")) {
      return byArn(input.requiredText("StreamARN"));
    }
    if (!input.has("StreamName")) {
      throw ServiceError.invalidArgument("Either StreamName or StreamARN is required.");
    }
    return byName(Names.required(input, "StreamName"));
  }

  synchronized KinesisStream byName(String name) {
    KinesisStream stream = streams.get(name);
    if (stream == null) {
      throw ServiceError.notFound(
          "Stream " + name + " under account " + options.accountId() + " not found.");
    }
    return stream;
  }

  KinesisStream byArn(String arn) {
    if (!arn.startsWith(arnPrefix())) {
      throw ServiceError.notFound("Stream " + arn + " not found.");
    }
    return byName(arn.substring(arnPrefix().length()));
  }

  Shard shard(KinesisStream stream, String shardId) {
    return stream
        .shard(shardId)
        .orElseThrow(
            () ->
                ServiceError.notFound(
                    "Shard "
                        + shardId
                        + " in stream "
                        + stream.name()
                        + " under account "
                        + options.accountId()
                        + " does not exist"));
  }

  ServiceError rateExceeded(KinesisStream stream, Shard shard) {
    return ServiceError.throughputExceeded(
        "Rate exceeded for shard "
            + shard.id()
            + " in stream "
            + stream.name()
            + " under account "
            + options.accountId()
            + ".");
  }

  /**
   * Reserves the bytes of records that are about to be appended; makes room from expired records
   * first.
   */
  void reserve(long bytes) {
    if (!retained.tryReserve(bytes)) {
      all().forEach(stream -> retained.release(stream.trim()));
      retained.reserve(bytes);
    }
  }

  void release(long bytes) {
    retained.release(bytes);
  }

  long retainedBytes() {
    return retained.held();
  }

  private String arnPrefix() {
    return "arn:aws:kinesis:" + options.region() + ":" + options.accountId() + ":stream/";
  }

  /**
   * Now, or a second after the stream of that name before: clients tell streams apart by whole
   * seconds (KCL's StreamIdentifier).
   */
  private long newCreation(String name) {
    Long before = deletedCreations.remove(name);
    long now = clock.nowMillis();
    return before == null ? now : Math.max(now, before + MILLIS_PER_SECOND);
  }
}
