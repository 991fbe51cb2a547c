package dev.sluice.enricher.format;

import dev.sluice.enricher.geo.Address;

/** What a field must be beyond its shape. Every parser's line goes through here. */
public final class FieldChecks {
  private FieldChecks() {}

  /**
   * Whether host, identity and timestamp of a parsed line make sense, as far as its format has
   * them.
   */
  public static boolean allHold(AccessLogLine line) {
    byte[] text = line.buffer();
    if (line.isUsualLine() && line.hostIsAddress()) {
      return true; // nobody has no identity, and the timestamp was looked at
    }
    return identityHolds(line, text) && timestampHolds(line, text) && hostHolds(line, text);
  }

  private static boolean hostHolds(AccessLogLine line, byte[] text) {
    if (line.hostIsAddress() || !line.has(Field.REMOTE_HOST)) {
      return true;
    }
    int from = line.from(Field.REMOTE_HOST);
    if (RemoteHost.firstWrong(text, from, line.to(Field.REMOTE_HOST)) >= 0) {
      return false;
    }
    line.setPlain(Field.REMOTE_HOST); // no host has a byte that is not
    return true;
  }

  private static boolean identityHolds(AccessLogLine line, byte[] text) {
    return line.isMissing(Field.IDENTITY)
        || !isAddress(text, line.from(Field.IDENTITY), line.to(Field.IDENTITY));
  }

  /** Times of other formats are checked by their expressions. */
  private static boolean timestampHolds(AccessLogLine line, byte[] text) {
    int from = line.from(Field.TIMESTAMP);
    return line.timestampHolds()
        || !line.has(Field.TIMESTAMP)
        || !ClfTimestamp.hasItsMarks(text, from, line.to(Field.TIMESTAMP))
        || ClfTimestamp.firstImpossible(text, from) < 0;
  }

  /** An address in place of the identity: another field stands before the host. */
  static boolean isAddress(byte[] text, int from, int to) {
    return Address.isLiteral(text, from, to);
  }
}
