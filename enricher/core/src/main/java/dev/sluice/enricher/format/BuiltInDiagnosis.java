package dev.sluice.enricher.format;

import dev.sluice.enricher.BuiltInFormat;
import dev.sluice.enricher.Outcome.Rejected;
import dev.sluice.enricher.RejectReason;

/** {@link Diagnosis} for the formats with a name. One object, one line. */
final class BuiltInDiagnosis extends FieldWalk {
  private final BuiltInFormat format;

  private BuiltInDiagnosis(BuiltInFormat format, byte[] text, int start, int from, int to) {
    super(text, start, from, to);
    this.format = format;
  }

  static Rejected of(BuiltInFormat format, byte[] text, int start, int from, int to) {
    return new BuiltInDiagnosis(format, text, start, from, to).run();
  }

  private Rejected run() {
    boolean announcesVirtualHost =
        format == BuiltInFormat.AUTO && VirtualHost.isAnnounced(text, at, to);
    Rejected wrong = null;
    if (announcesVirtualHost || format == BuiltInFormat.VHOST_COMBINED) {
      wrong = virtualHost();
    }
    if (wrong == null) {
      wrong = hostToBytes();
    }
    if (wrong == null && wantsReferer(announcesVirtualHost)) {
      wrong = quoted(RejectReason.BAD_REFERER);
      if (wrong == null) {
        wrong = format == BuiltInFormat.COMBINEDIO ? agentAndTraffic() : agent();
      }
    }
    return wrong == null ? rejected(RejectReason.TRAILING_BYTES, at) : wrong;
  }

  private Rejected hostToBytes() {
    Rejected wrong = host();
    if (wrong == null) {
      wrong = identity();
    }
    if (wrong == null) {
      wrong = userAndTimestamp();
    }
    if (wrong == null) {
      wrong = quoted(RejectReason.BAD_REQUEST);
    }
    if (wrong == null) {
      wrong = status();
    }
    return wrong == null ? count(true) : wrong;
  }

  private Rejected agent() {
    return openingQuoteToClosing(RejectReason.BAD_USER_AGENT);
  }

  private Rejected agentAndTraffic() {
    Rejected wrong = quoted(RejectReason.BAD_USER_AGENT);
    int received = at;
    if (wrong == null) {
      wrong = count(false);
    }
    if (wrong == null) {
      wrong = space(RejectReason.BAD_BYTES, received);
    }
    return wrong == null ? count(false) : wrong;
  }

  private Rejected virtualHost() {
    int end = wordEnd();
    if (end == to && end > at) {
      return truncated();
    }
    if (VirtualHost.portColon(text, at, end) <= at) {
      return rejected(RejectReason.BAD_FIELD, at);
    }
    return skipWord(end);
  }

  private Rejected host() {
    int end = wordEnd();
    if (end == at) {
      return rejected(RejectReason.BAD_HOST, at);
    }
    int wrong = RemoteHost.firstWrong(text, at, end);
    // Half an IPv6 address is no address: blame its marks only if the field is whole.
    if (wrong >= 0 && (end < to || (text[wrong] != ':' && text[wrong] != '['))) {
      return rejected(RejectReason.BAD_HOST, wrong);
    }
    return skipWord(end);
  }

  private Rejected identity() {
    int end = wordEnd();
    if (end < to
        && (end == at
            || FieldChecks.isAddress(text, at, end)
            || TimestampSearch.isWholeAt(text, at, to))) {
      return rejected(RejectReason.BAD_IDENTITY, at);
    }
    return skipWord(end);
  }

  private Rejected userAndTimestamp() {
    // A bracket right here leaves no room for a user, be it an empty one.
    TimestampSearch.Candidate found = TimestampSearch.farthest(text, at + 1, to);
    if ((found == null || !found.isWhole()) && TimestampSearch.isWholeAt(text, at, to)) {
      return rejected(RejectReason.BAD_USER, at);
    }
    if (found == null) {
      int quote = TimestampSearch.requestQuote(text, at, to);
      return quote < 0 ? truncated() : rejected(RejectReason.BAD_TIMESTAMP, quote);
    }
    if (found.hasTimestamp()) {
      int impossible = ClfTimestamp.firstImpossible(text, found.bracket() + 1);
      if (impossible >= 0) {
        return rejected(RejectReason.BAD_TIMESTAMP, impossible);
      }
    }
    if (found.isWhole()) {
      at = found.quote();
      return null;
    }
    if (found.end() == to) {
      return truncated();
    }
    boolean beforeQuote = found.end() == found.quote();
    return rejected(
        beforeQuote ? RejectReason.BAD_REQUEST : RejectReason.BAD_TIMESTAMP, found.end());
  }

  /** Moves to the referer if the line must have one. */
  private boolean wantsReferer(boolean virtualHost) {
    boolean announced = at + 1 < to && text[at] == ' ' && text[at + 1] == '"';
    if (format == BuiltInFormat.COMMON
        || (format == BuiltInFormat.AUTO && !announced && !virtualHost)) {
      return false;
    }
    if (at < to && text[at] == ' ') {
      at++;
    }
    return true;
  }
}
