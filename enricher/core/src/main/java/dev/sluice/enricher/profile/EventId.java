package dev.sluice.enricher.profile;

import dev.sluice.enricher.LinePosition;
import dev.sluice.enricher.OutputBuffer;
import java.nio.charset.StandardCharsets;

/** The name of a line that no other line has. */
final class EventId {
  private EventId() {}

  /** Appends source and number; answers false for a line whose source nobody told. */
  static boolean append(LinePosition position, OutputBuffer out) {
    if (position.source().length == 0) {
      return false;
    }
    out.append(position.source());
    out.append((byte) ':');
    out.append(Long.toString(position.line()).getBytes(StandardCharsets.US_ASCII));
    return true;
  }
}
