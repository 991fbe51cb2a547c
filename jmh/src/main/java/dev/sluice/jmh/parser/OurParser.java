package dev.sluice.jmh.parser;

import dev.sluice.enricher.format.AccessLogLine;
import dev.sluice.enricher.format.Field;
import dev.sluice.enricher.format.LineParser;

/** A parser of Sluice. */
final class OurParser implements FieldParser {
  private final LineParser parser;
  private final AccessLogLine line = new AccessLogLine();

  /**
   * @param parser for Combined lines
   */
  OurParser(LineParser parser) {
    this.parser = parser;
  }

  @Override
  public boolean parse(byte[] buffer, int from, int to) {
    return parser.parse(buffer, from, to, line);
  }

  @Override
  public String text(CombinedField field) {
    return line.text(
        switch (field) {
          case HOST -> Field.REMOTE_HOST;
          case TIMESTAMP -> Field.TIMESTAMP;
          case STATUS -> Field.STATUS;
          case BYTES -> Field.BYTES;
          case REFERER -> Field.REFERER;
          case USER_AGENT -> Field.USER_AGENT;
        });
  }
}
