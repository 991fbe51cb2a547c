package dev.sluice.lookups;

import dev.sluice.enricher.Enricher;
import dev.sluice.enricher.EnricherSettings;
import dev.sluice.enricher.Settings;
import dev.sluice.enricher.steps.RejectMask;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;

/** Masks for tests, by the enricher's settings. */
final class Masks {
  private Masks() {}

  static RejectMask of(Map<String, String> keys) {
    var settings = EnricherSettings.from(new Settings(keys::get));
    try (Enricher enricher = Enricher.open(settings, new SimpleMeterRegistry())) {
      return enricher.newTextMask();
    }
  }
}
