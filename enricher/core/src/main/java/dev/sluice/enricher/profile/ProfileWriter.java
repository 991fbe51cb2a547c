package dev.sluice.enricher.profile;

import dev.sluice.enricher.EnrichedLine;
import dev.sluice.enricher.OutputBuffer;

/** Writes lines in the shape of one profile. Not thread-safe. */
public interface ProfileWriter {
  /**
   * Appends the line as one JSON object without line end, and adds to its warnings what only shows
   * in writing.
   */
  void append(EnrichedLine line, OutputBuffer out);
}
