package dev.sluice.consumer.audit;

import dev.sluice.consumer.tiles.Position;
import dev.sluice.consumer.tiles.TileHeader;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/** Holds single tiles against their own metadata and their own objects, and sums them up. */
final class TileChecks {
  private final ObjectLines lines;
  private final Consumer<Finding> findings;
  private final Set<String> rejectsNamed = new HashSet<>();

  long tiles;
  long records;
  long in;
  long enriched;
  long enrichedWithWarnings;
  long dropped;
  long rejected;

  TileChecks(ObjectLines lines, Consumer<Finding> findings) {
    this.lines = lines;
    this.findings = findings;
  }

  void check(TileKey key, TileHeader header) {
    sumUp(header);
    checkKey(key, header);
    checkCounts(key.key(), header);
  }

  private void sumUp(TileHeader header) {
    tiles++;
    records += header.records();
    in += header.in();
    enriched += header.enriched();
    enrichedWithWarnings += header.enrichedWithWarnings();
    dropped += header.dropped();
    rejected += header.rejected();
  }

  private void checkKey(TileKey key, TileHeader header) {
    if (!header.application().equals(key.application())
        || !header.streamFolder().equals(key.streamFolder())
        || !header.shardId().equals(key.shardId())
        || !header.continuesFrom().text().equals(key.name())) {
      found(key.key(), "its metadata belongs to another key");
    }
    if (header.first().isAbove(header.last())
        || (header.continuesFrom() instanceof Position from && !header.first().isAbove(from))) {
      found(key.key(), "its positions contradict each other");
    }
  }

  private void checkCounts(String key, TileHeader header) {
    long survived = header.enriched() + header.enrichedWithWarnings();
    if (header.in() != survived + header.dropped() + header.rejected()) {
      found(key, "its counts do not add up to " + header.in());
    }
    checkLines(key, survived, "enriched lines");
    header.rejectsKey().ifPresent(rejectsNamed::add);
    boolean kept = header.rejectsKey().isPresent() || header.rejectsQueue().isPresent();
    if (kept != header.rejected() > 0) {
      found(
          key,
          "it counts "
              + header.rejected()
              + " rejected lines and names "
              + header.rejectsKey().orElse("no object with them"));
    } else {
      header.rejectsKey().ifPresent(k -> checkLines(k, header.rejected(), "rejected lines"));
    }
  }

  private void checkLines(String key, long expected, String what) {
    try {
      OptionalLong lineCount = lines.count(key);
      if (lineCount.isEmpty()) {
        found(key, "is missing, and should hold " + expected + " " + what);
      } else if (lineCount.getAsLong() != expected) {
        found(key, "holds " + lineCount.getAsLong() + " " + what + ", and should hold " + expected);
      }
    } catch (ObjectLines.Unreadable e) {
      found(key, e.getMessage());
    }
  }

  private void found(String place, String what) {
    findings.accept(new Finding(place, what));
  }

  /** True if a commit names the rejects object. */
  boolean isNamed(String rejectsKey) {
    return rejectsNamed.contains(rejectsKey);
  }
}
