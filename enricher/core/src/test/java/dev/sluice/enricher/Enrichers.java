package dev.sluice.enricher;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Line enrichers for tests, by their settings; what opens slowly is opened once. */
final class Enrichers {
  private static final Map<Map<String, String>, Enricher> OPEN = new ConcurrentHashMap<>();

  private Enrichers() {}

  static LineEnricher withSettings(Map<String, String> keys) {
    return OPEN.computeIfAbsent(keys, Enrichers::open).newLineEnricher();
  }

  /** One that asks others about its lines. */
  static LineEnricher withLookups(Map<String, String> keys, LineLookups lookups) {
    return OPEN.computeIfAbsent(keys, Enrichers::open).newLineEnricher(lookups);
  }

  static LineEnricher withDefaults() {
    return withSettings(Map.of());
  }

  private static Enricher open(Map<String, String> keys) {
    var settings = new Settings(keys::get);
    var enricherSettings = EnricherSettings.from(settings);
    settings.throwIfInvalid();
    return Enricher.open(enricherSettings, new SimpleMeterRegistry());
  }

  /** The answer to one line, as a golden file writes it. */
  static String answer(LineEnricher enricher, byte[] line) {
    return answer(enricher, line, new LinePosition());
  }

  static String answer(LineEnricher enricher, byte[] line, LinePosition position) {
    var out = new OutputBuffer();
    Outcome outcome = enricher.enrich(line, 0, line.length, position, out);
    return switch (outcome.code()) {
      case ENRICHED -> "json  " + out;
      case ENRICHED_WITH_WARNINGS -> "warn  " + out;
      case DROPPED -> "drop  " + ((Outcome.Dropped) outcome).rule();
      case REJECTED -> {
        var rejected = (Outcome.Rejected) outcome;
        yield "fail  " + rejected.reason() + " at " + rejected.offset();
      }
    };
  }

  static String answer(LineEnricher enricher, String line) {
    return answer(enricher, line.getBytes(StandardCharsets.UTF_8));
  }
}
