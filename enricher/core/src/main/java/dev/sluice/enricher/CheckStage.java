package dev.sluice.enricher;

import dev.sluice.enricher.format.AccessLogLine;
import dev.sluice.enricher.format.Field;
import dev.sluice.enricher.format.FieldChecks;
import dev.sluice.enricher.geo.GeoFinder;

/** Looks whether the fields make sense. Not thread-safe. */
final class CheckStage extends LineStage {
  private final boolean checks;
  private final GeoFinder hosts; // null without databases

  /**
   * @param checks false after a parser that has checked the fields itself
   * @param hosts where {@link PlaceStage} has places from: an address needs no other check
   */
  CheckStage(boolean checks, GeoFinder hosts) {
    this.checks = checks;
    this.hosts = hosts;
  }

  @Override
  void run(EnrichedLine line) {
    if (!line.isParsed()) {
      return;
    }
    AccessLogLine fields = line.fields();
    if (hosts != null && fields.has(Field.REMOTE_HOST)) {
      lookAtHost(fields);
    }
    line.parsed(!checks || FieldChecks.allHold(fields));
  }

  private void lookAtHost(AccessLogLine fields) {
    int from = fields.from(Field.REMOTE_HOST);
    if (hosts.look(fields.buffer(), from, fields.to(Field.REMOTE_HOST))) {
      fields.setHostIsAddress();
    }
  }
}
