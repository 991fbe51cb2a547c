package dev.sluice.enricher;

import dev.sluice.enricher.format.AccessLogLine;
import dev.sluice.enricher.format.Field;
import dev.sluice.enricher.format.HostAddress;
import dev.sluice.enricher.geo.GeoFinder;
import dev.sluice.enricher.geo.GeoFragment;
import dev.sluice.enricher.profile.KeptKeys;

/** Finds where the client's host is, and whose network it is in. Not thread-safe. */
final class PlaceStage extends LineStage {
  private final GeoFinder finder; // null without databases

  PlaceStage(GeoFinder finder) {
    this.finder = finder;
  }

  @Override
  void run(EnrichedLine line) {
    AccessLogLine fields = line.fields();
    // Those that are located already by themselves, and first: what finds others takes so much of
    // HotSpot's inliner that nothing is left for what comes behind it.
    if (finder != null && fields.hostIsAddress() && finder.isLocated()) {
      take(line, finder.place(), finder.autonomousSystem());
    } else if (finder != null && locate(fields)) {
      take(line, finder.place(), finder.autonomousSystem());
    } else {
      take(line, GeoFragment.NOTHING, GeoFragment.NOTHING);
    }
  }

  private static void take(EnrichedLine line, byte[] place, byte[] system) {
    line.place(place);
    line.autonomousSystem(system);
    line.warnings()
        .addUnless(
            GeoFragment.isReadable(place) && GeoFragment.isReadable(system),
            Warning.UNREADABLE_PLACE);
    if (line.hasKept()) {
      keep(line, line.kept());
    }
  }

  private boolean locate(AccessLogLine fields) {
    if (fields.hostIsAddress()) { // CheckStage has looked at it already
      finder.locate();
      return true;
    }
    if (!fields.has(Field.REMOTE_HOST)) {
      return false;
    }
    byte[] buffer = fields.buffer();
    int from = fields.from(Field.REMOTE_HOST);
    int to = fields.to(Field.REMOTE_HOST);
    return finder.find(
        buffer, HostAddress.from(buffer, from, to), HostAddress.to(buffer, from, to));
  }

  /** What an earlier stage has found goes before what this one finds. */
  private static void keep(EnrichedLine line, KeptKeys kept) {
    if (kept.place().length > 0) {
      line.place(kept.place());
    }
    if (kept.autonomousSystem().length > 0) {
      line.autonomousSystem(kept.autonomousSystem());
    }
  }
}
