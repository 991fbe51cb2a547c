package dev.sluice.enricher.profile;

import dev.sluice.enricher.LinePosition;
import dev.sluice.enricher.OutputBuffer;
import java.nio.charset.StandardCharsets;

/** The name of a line that no other line has. */
final class EventId {
  private static final int TEN = 10;

  private EventId() {}

  /** Appends source and number; answers false for a line whose source nobody told. */
  static boolean append(LinePosition position, OutputBuffer out) {
    if (position.source().length == 0) {
      return false;
    }
    out.append(position.source());
    out.append((byte) ':');
    long line = position.line();
    if (line >= 0 && line < TEN) { // as in all records of one line
      out.append((byte) ('0' + line));
    } else {
      out.append(Long.toString(line).getBytes(StandardCharsets.US_ASCII));
    }
    return true;
  }
}
