package dev.sluice.enricher;

import dev.sluice.enricher.format.LineParser;

/** Finds the fields of a line. Not thread-safe. */
final class ParseStage extends LineStage {
  private final LineParser parser;

  ParseStage(LineParser parser) {
    this.parser = parser;
  }

  @Override
  void run(EnrichedLine line) {
    line.parsed(parser.parse(line.logged(), line.loggedFrom(), line.loggedTo(), line.fields()));
  }
}
