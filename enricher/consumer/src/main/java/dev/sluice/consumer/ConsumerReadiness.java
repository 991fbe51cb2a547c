package dev.sluice.consumer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.consumer.kcl.ActiveShards;
import dev.sluice.consumer.kcl.SchedulerBeats;
import dev.sluice.consumer.tiles.ShardReader;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Whether the consumer has begun its work: the start checks passed (nothing answers before), KCL
 * has prepared its leases, and shards are open. A worker that got no lease stands by, and is ready
 * for that.
 */
final class ConsumerReadiness {
  /** KCL takes leases every 20 s by default; whoever has none after this long stands by. */
  static final Duration STANDBY_AFTER = Duration.ofSeconds(30);

  private static final ObjectMapper JSON = new JsonMapper();

  private final ActiveShards shards;
  private final SchedulerBeats beats;
  private final BooleanSupplier running;
  private final InstantSource clock;

  /**
   * @param running true from the start to the request of a stop
   */
  ConsumerReadiness(
      ActiveShards shards, SchedulerBeats beats, BooleanSupplier running, InstantSource clock) {
    this.shards = shards;
    this.beats = beats;
    this.running = running;
    this.clock = clock;
  }

  ConsumerHealth.Report report() {
    Set<String> leases = beats.last().map(SchedulerBeats.Beat::shards).orElse(Set.of());
    long open = shards.runs().stream().filter(ShardReader::isOpen).count();
    String status = status(leases, open);
    ObjectNode report = JSON.createObjectNode();
    report.put("status", status);
    report.put("leases", leases.size());
    report.put("openShards", open);
    return new ConsumerHealth.Report(
        status.equals("ready") || status.equals("standing by"), report.toString());
  }

  private String status(Set<String> leases, long open) {
    if (!running.getAsBoolean()) {
      return "not running";
    }
    if (beats.first().isEmpty()) {
      return "preparing leases";
    }
    if (open > 0) {
      return "ready";
    }
    if (!leases.isEmpty()) {
      return "opening shards"; // or their parents are not through yet
    }
    Instant now = clock.instant();
    return Duration.between(beats.first().get(), now).compareTo(STANDBY_AFTER) >= 0
        ? "standing by"
        : "taking leases";
  }
}
