package dev.sluice.consumer.audit;

import java.util.List;

/**
 * What an audit found.
 *
 * @param findings nothing if every record is there once
 * @param orphans rejects objects that no commit names; they count for nobody and are no finding
 * @param removedOrphans how many of them were removed
 * @param shards chains that were walked
 * @param in lines, the sum of the four counts behind it, as the tiles say and as was found in them
 */
public record AuditReport(
    List<Finding> findings,
    List<String> orphans,
    long removedOrphans,
    long shards,
    long tiles,
    long records,
    long in,
    long enriched,
    long enrichedWithWarnings,
    long dropped,
    long rejected) {
  public AuditReport {
    findings = List.copyOf(findings);
    orphans = List.copyOf(orphans);
  }

  public boolean isClean() {
    return findings.isEmpty();
  }
}
