package dev.sluice.consumer.model;

import dev.sluice.enricher.Enricher;
import dev.sluice.enricher.EnricherSettings;
import dev.sluice.enricher.LineEnricher;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/** Lines of a log that carry an id, and the real enricher of such lines. */
public final class LogLines {
  private static final String BEFORE_ID = "\"GET /";
  private static final String NO_LINE = "no log line ";
  private static final Enricher ENRICHER =
      Enricher.open(EnricherSettings.defaults(), new SimpleMeterRegistry());

  private LogLines() {}

  /** For one thread at a time. */
  public static LineEnricher newEnricher() {
    return ENRICHER.newLineEnricher();
  }

  public static String good(String id) {
    return "192.0.2.7 - - [10/Oct/2000:13:55:36 -0700] " + BEFORE_ID + id + " HTTP/1.0\" 200 2326";
  }

  /** A line that the enricher rejects. */
  public static String bad(String id) {
    return NO_LINE + id;
  }

  /** The id of an enriched line. */
  public static String idOfGood(String json) {
    int from = json.indexOf("\"GET /".substring(1)) + BEFORE_ID.length() - 1;
    return json.substring(from, json.indexOf(' ', from));
  }

  /** The id of a line as it was before. */
  public static String idOfBad(String line) {
    return line.substring(NO_LINE.length());
  }
}
