package dev.sluice.functions.fanout;

import dev.sluice.enricher.BatchEnricher;
import dev.sluice.enricher.Enricher;
import dev.sluice.enricher.Settings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The real enricher over the sample databases. */
public final class TestLines {
  private static final Path SAMPLES = Path.of("..", "..", "samples");

  private TestLines() {}

  /** Settings of the function, with places; keys and values in turn come on top. */
  public static FanOutFunctionSettings settings(String... keysAndValues) {
    return FanOutFunctionSettings.from(source(keysAndValues), "function");
  }

  static Settings source(String... keysAndValues) {
    Map<String, String> values = new HashMap<>();
    values.put("GEOIP_CITY_DATABASE", SAMPLES.resolve("geo.mmdb").toString());
    values.put("OUTPUT_BUCKET", "out");
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put(keysAndValues[i], keysAndValues[i + 1]);
      if (keysAndValues[i].equals("MODE") && !keysAndValues[i + 1].equals("enrich")) {
        values.remove("OUTPUT_BUCKET");
      }
    }
    return new Settings(values::get);
  }

  /** Opened by the caller's settings; nobody closes it, it holds memory only. */
  public static BatchEnricher enricher(FanOutFunctionSettings settings) {
    return new BatchEnricher(Enricher.open(settings.enricher(), Runnable::run).newLineEnricher());
  }

  /** An address of a place, a time of day, a status and a page. */
  public static String line(String host, String time, int status, String page) {
    return "%s - - [28/Oct/2025:%s +0000] \"GET %s HTTP/1.1\" %d 12 \"-\" \"curl/8.5.0\""
        .formatted(host, time, page, status);
  }
}
