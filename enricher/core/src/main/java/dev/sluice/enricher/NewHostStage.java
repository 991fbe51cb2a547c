package dev.sluice.enricher;

import dev.sluice.enricher.format.AccessLogLine;
import dev.sluice.enricher.format.Field;
import dev.sluice.enricher.format.HostAddress;
import dev.sluice.enricher.geo.GeoFinder;

/** Makes the finder look for the client's host, unless it has recalled it. Not thread-safe. */
final class NewHostStage extends LineStage {
  private final GeoFinder finder;

  NewHostStage(GeoFinder finder) {
    this.finder = finder;
  }

  @Override
  void run(EnrichedLine line) {
    AccessLogLine fields = line.fields();
    if (!fields.hostIsAddress() && fields.has(Field.REMOTE_HOST)) {
      byte[] buffer = fields.buffer();
      int from = fields.from(Field.REMOTE_HOST);
      int to = fields.to(Field.REMOTE_HOST);
      finder.find(buffer, HostAddress.from(buffer, from, to), HostAddress.to(buffer, from, to));
    }
  }
}
