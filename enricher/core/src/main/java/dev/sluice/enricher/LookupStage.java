package dev.sluice.enricher;

/** Takes over what was looked up for the line. Not thread-safe. */
final class LookupStage extends LineStage {
  private final LineLookups lookups;

  LookupStage(LineLookups lookups) {
    this.lookups = lookups;
  }

  @Override
  void run(EnrichedLine line) {
    line.hostName(EnrichedLine.NOT_FOUND);
    line.reference(EnrichedLine.NOT_FOUND);
    lookups.find(line);
  }
}
