package dev.sluice.enricher;

import dev.sluice.enricher.geo.GeoFragments;
import dev.sluice.enricher.useragent.UserAgentFragments;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A line that nobody waits for. It lets the JVM load and check the classes that the first real line
 * needs, on a thread that has nothing else to do while databases are opened. Nothing of it is seen
 * later, but that its user agent is known.
 */
final class Rehearsal {
  private static final byte[] LINE =
      ("192.0.2.1 - - [01/Jan/2026:00:00:00 +0000] \"GET /index.html HTTP/1.1\" 200 1"
              + " \"http://example.com/\" \"Mozilla/5.0 (X11; Linux x86_64)"
              + " AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36\"")
          .getBytes(StandardCharsets.US_ASCII);

  private Rehearsal() {}

  /** Enriches the line without databases, steps and look-ups. */
  static void run(EnricherSettings settings, UserAgentFragments userAgents) {
    GeoFragments nowhere =
        GeoFragments.open(
            Optional.empty(), Optional.empty(), settings.profile().geoRenderers(), 1, null);
    new LineEnricher(settings, nowhere, userAgents, null, null)
        .enrich(LINE, 0, LINE.length, new OutputBuffer());
  }
}
