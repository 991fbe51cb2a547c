package dev.sluice.enricher;

import dev.sluice.enricher.format.Field;
import dev.sluice.enricher.geo.GeoFinder;
import dev.sluice.enricher.geo.GeoFragment;
import dev.sluice.enricher.profile.KeptKeys;

/** Takes over what was found about the client's host. Not thread-safe. */
final class PlaceStage extends LineStage {
  private final GeoFinder finder; // null without databases

  PlaceStage(GeoFinder finder) {
    this.finder = finder;
  }

  @Override
  void run(EnrichedLine line) {
    boolean found = finder != null && line.fields().has(Field.REMOTE_HOST);
    GeoFragment place = found ? finder.place() : GeoFragment.NOTHING;
    GeoFragment system = found ? finder.autonomousSystem() : GeoFragment.NOTHING;
    line.place(place);
    line.autonomousSystem(system);
    line.warnings().addUnless(place.readable() && system.readable(), Warning.UNREADABLE_PLACE);
    keep(line, line.kept());
  }

  /** What an earlier stage has found goes before what this one finds. */
  private static void keep(EnrichedLine line, KeptKeys kept) {
    if (kept.place().length > 0) {
      line.place(new GeoFragment(kept.place(), true));
    }
    if (kept.autonomousSystem().length > 0) {
      line.autonomousSystem(new GeoFragment(kept.autonomousSystem(), true));
    }
  }
}
