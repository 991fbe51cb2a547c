package dev.sluice.enricher;

import dev.sluice.enricher.profile.ProfileWriter;

/** Writes the line. A stage like the others, so that HotSpot compiles it by itself. */
final class WriteStage extends LineStage {
  private final ProfileWriter writer;
  private OutputBuffer out;

  WriteStage(ProfileWriter writer) {
    this.writer = writer;
  }

  /** Where the lines go from now on. */
  void to(OutputBuffer newOut) {
    if (out != newOut) { // as in EnrichedLine
      out = newOut;
    }
  }

  @Override
  void run(EnrichedLine line) {
    writer.append(line, out);
  }
}
