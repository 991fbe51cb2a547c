package dev.sluice.enricher;

import dev.sluice.enricher.format.AccessLogLine;
import dev.sluice.enricher.format.Field;
import dev.sluice.enricher.format.HostAddress;
import dev.sluice.enricher.geo.GeoFinder;

/** Makes the finder find what it knows about the client's host. Not thread-safe. */
final class HostStage extends LineStage {
  private final GeoFinder finder;

  HostStage(GeoFinder finder) {
    this.finder = finder;
  }

  @Override
  void run(EnrichedLine line) {
    AccessLogLine fields = line.fields();
    if (fields.hostIsAddress()) { // the finder looked at it already
      finder.locate();
    } else if (fields.has(Field.REMOTE_HOST)) {
      byte[] buffer = fields.buffer();
      int from = fields.from(Field.REMOTE_HOST);
      int to = fields.to(Field.REMOTE_HOST);
      finder.find(buffer, HostAddress.from(buffer, from, to), HostAddress.to(buffer, from, to));
    }
  }
}
