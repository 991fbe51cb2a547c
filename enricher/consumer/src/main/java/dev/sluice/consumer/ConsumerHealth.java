package dev.sluice.consumer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.consumer.kcl.ActiveShards;
import dev.sluice.consumer.tiles.ShardReader;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Whether the consumer does its work: KCL's scheduler runs, no record has waited too long for its
 * commit, and no shard is silent in spite of a new subscription ({@link StallWatch}).
 */
final class ConsumerHealth {
  private static final ObjectMapper JSON = new JsonMapper();

  private final ActiveShards shards;
  private final BooleanSupplier schedulerAlive;
  private final Predicate<String> stalled;
  private final Duration maxUncommittedAge;
  private final InstantSource clock;

  /**
   * @param stalled by shard
   * @param maxUncommittedAge bad above this
   */
  ConsumerHealth(
      ActiveShards shards,
      BooleanSupplier schedulerAlive,
      Predicate<String> stalled,
      Duration maxUncommittedAge,
      InstantSource clock) {
    this.shards = shards;
    this.schedulerAlive = schedulerAlive;
    this.stalled = stalled;
    this.maxUncommittedAge = maxUncommittedAge;
    this.clock = clock;
  }

  /**
   * The answer of {@code /health}.
   *
   * @param good false calls for a restart
   * @param json one object
   */
  record Report(boolean good, String json) {}

  Report report() {
    Instant now = clock.instant();
    boolean alive = schedulerAlive.getAsBoolean();
    boolean good = alive;
    Duration oldest = Duration.ZERO;
    ArrayNode rows = JSON.createArrayNode();
    for (ShardReader run : shards.runs()) {
      Duration age =
          run.oldestUncommitted().map(s -> Duration.between(s, now)).orElse(Duration.ZERO);
      boolean silent = stalled.test(run.shardId());
      good &= age.compareTo(maxUncommittedAge) <= 0 && !run.isAbandoned() && !silent;
      oldest = oldest.compareTo(age) > 0 ? oldest : age;
      ObjectNode row = rows.addObject();
      row.put("shard", run.shardId());
      row.put("open", run.isOpen());
      row.put("lastProgress", run.lastProgress().toString());
      row.put("stalled", silent);
      row.put("oldestUncommittedAgeMillis", age.toMillis());
      run.millisBehindLatest().ifPresent(millis -> row.put("millisBehindLatest", millis));
    }
    ObjectNode report = JSON.createObjectNode();
    report.put("status", good ? "ok" : "bad");
    report.put("schedulerAlive", alive);
    report.put("oldestUncommittedAgeMillis", oldest.toMillis());
    report.put("maxUncommittedAgeMillis", maxUncommittedAge.toMillis());
    report.set("shards", rows);
    return new Report(good, report.toString());
  }
}
