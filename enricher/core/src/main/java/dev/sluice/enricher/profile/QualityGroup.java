package dev.sluice.enricher.profile;

import dev.sluice.enricher.EnrichedLine;
import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.Warning;
import java.nio.charset.StandardCharsets;

/** The group {@link OutputGroup#QUALITY} of a line. Not thread-safe. */
final class QualityGroup {
  private static final byte[] OK = "\"ok\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] WARNING = "\"warning\"".getBytes(StandardCharsets.US_ASCII);
  private static final Warning[] WARNINGS = Warning.values();

  private final OutputBuffer warnings = new OutputBuffer();
  private final OutputBuffer errors = new OutputBuffer();
  private byte[] status = OK;

  /** Looks at the warnings. Comes after everything that may still add one. */
  void find(EnrichedLine line) {
    warnings.clear();
    errors.clear();
    status = line.hasWarnings() ? WARNING : OK;
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
  }

  /** The status as JSON. */
  byte[] status() {
    return status;
  }

  /** Names of all warnings as JSON, or null when there are none. */
  byte[] warnings() {
    return warnings.length() == 0 ? null : JsonNames.array(warnings);
  }

  /** Those of them that are failures of ours, as JSON, or null when there are none. */
  byte[] errors() {
    return errors.length() == 0 ? null : JsonNames.array(errors);
  }

  void append(EnrichedLine line, FlatMembers out) {
    find(line);
    out.raw(FlatKey.QUALITY, status());
    if (warnings.length() > 0) {
      out.raw(FlatKey.WARNINGS, warnings());
    }
    if (errors.length() > 0) {
      out.raw(FlatKey.ENRICHMENT_ERRORS, errors());
    }
  }
}
