package dev.sluice.jmh.pipeline;

import dev.sluice.enricher.BuiltInFormat;
import dev.sluice.enricher.Enricher;
import dev.sluice.enricher.EnricherSettings;
import dev.sluice.enricher.LineEnricher;
import dev.sluice.enricher.Outcome;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;

/** Sluice's enricher with its default settings. */
final class OursPipeline implements Pipeline {
  private final Enricher enricher;

  OursPipeline(Path geoDatabase) {
    enricher =
        Enricher.open(
            EnricherSettings.defaults()
                .withFormat(BuiltInFormat.COMBINED)
                .withGeoIpDatabase(geoDatabase),
            new SimpleMeterRegistry());
  }

  @Override
  public Worker newWorker() {
    LineEnricher line = enricher.newLineEnricher();
    return (buffer, from, to, out) -> {
      Outcome.Code code = line.enrich(buffer, from, to, out).code();
      return code == Outcome.Code.ENRICHED || code == Outcome.Code.ENRICHED_WITH_WARNINGS;
    };
  }

  @Override
  public void close() {
    enricher.close();
  }
}
