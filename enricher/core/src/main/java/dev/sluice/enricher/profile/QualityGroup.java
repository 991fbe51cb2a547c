package dev.sluice.enricher.profile;

import dev.sluice.enricher.EnrichedLine;
import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.Warning;
import java.nio.charset.StandardCharsets;

/** Writes the group {@link OutputGroup#QUALITY}. Not thread-safe. */
final class QualityGroup {
  private static final byte[] OK = "\"ok\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] WARNING = "\"warning\"".getBytes(StandardCharsets.US_ASCII);
  private static final Warning[] WARNINGS = Warning.values();

  private final OutputBuffer warnings = new OutputBuffer();
  private final OutputBuffer errors = new OutputBuffer();

  /** Comes after everything that may still add a warning. */
  void append(EnrichedLine line, FlatMembers out) {
    if (!line.hasWarnings()) {
      out.raw(FlatKey.QUALITY, OK);
      return;
    }
    warnings.clear();
    errors.clear();
    for (Warning warning : WARNINGS) {
      if (line.warnings().has(warning)) {
        JsonNames.append(warning.label(), warnings);
        if (warning.isEnrichmentError()) {
          JsonNames.append(warning.label(), errors);
        }
      }
    }
    warnings.append(line.kept().otherWarnings());
    errors.append(line.kept().otherErrors());
    out.raw(FlatKey.QUALITY, WARNING);
    if (warnings.length() > 0) {
      out.raw(FlatKey.WARNINGS, JsonNames.array(warnings));
    }
    if (errors.length() > 0) {
      out.raw(FlatKey.ENRICHMENT_ERRORS, JsonNames.array(errors));
    }
  }
}
