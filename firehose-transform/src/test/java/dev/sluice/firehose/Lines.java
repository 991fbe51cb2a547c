package dev.sluice.firehose;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.enricher.Enricher;
import dev.sluice.enricher.EnricherSettings;
import dev.sluice.enricher.LineEnricher;
import dev.sluice.enricher.Outcome;
import dev.sluice.enricher.OutputBuffer;
import dev.sluice.samples.AccessLogOptions;
import dev.sluice.samples.SyntheticAccessLog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;

/** Log lines, and what the enricher alone makes of them. */
final class Lines {
  static final String GOOD =
      "203.0.113.42 - - [28/Oct/2025:10:15:30 +0000] \"GET /product.php HTTP/1.1\" 200 1234"
          + " \"http://example.com/search.php\" \"Mozilla/5.0 (Windows NT 10.0; Win64; x64)"
          + " AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36\"";
  static final String HEALTH =
      "203.0.113.7 - - [28/Oct/2025:10:15:31 +0000] \"GET /healthz HTTP/1.1\" 200 2 \"-\" \"probe\"";
  static final String BROKEN = "203.0.113.9 this is no line of any log";

  private Lines() {}

  /** Seeded lines, odd and broken ones among them. */
  static List<byte[]> seeded(long seed, int count) {
    var log =
        new SyntheticAccessLog(
            seed, AccessLogOptions.defaults().withOddShare(0.1).withBrokenShare(0.05));
    var lines = new ArrayList<byte[]>();
    for (int i = 0; i < count; i++) {
      lines.add(log.nextLine());
    }
    return lines;
  }

  /** The JSON of each line, null where it has none. */
  static List<String> enriched(List<byte[]> lines) {
    EnricherSettings settings = EnricherSettings.defaults().withGeoIpDatabase(Function.SAMPLE_GEO);
    try (Enricher enricher = Enricher.open(settings, new SimpleMeterRegistry())) {
      LineEnricher line = enricher.newLineEnricher();
      var json = new ArrayList<String>();
      for (byte[] bytes : lines) {
        var out = new OutputBuffer();
        Outcome outcome = line.enrich(bytes, 0, bytes.length, out);
        json.add(outcome.code() == Outcome.Code.REJECTED ? null : out.toString());
      }
      return json;
    }
  }

  static String enriched(String line) {
    return enriched(List.of(line.getBytes(UTF_8))).get(0);
  }
}
