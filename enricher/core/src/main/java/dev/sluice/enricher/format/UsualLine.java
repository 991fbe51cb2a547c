package dev.sluice.enricher.format;

import dev.sluice.enricher.bytes.ByteSearch;
import dev.sluice.enricher.bytes.Words;

/**
 * The short way of {@link ScannerParser} for nearly all lines of a Combined log: no identity and no
 * user, an hour like that of the line before, nothing that is escaped, and the user agent last.
 * Says no to every other line. What must be where is told a word at a time. Not thread-safe.
 */
final class UsualLine {
  /** From the end of the host to the timestamp, and to the request. */
  static final int TIMESTAMP = 6;

  static final int REQUEST = TIMESTAMP + TimestampWords.LENGTH - 1;

  /** From the end of the request to the status, and to the bytes. */
  static final int STATUS = 2;

  static final int STATUS_DIGITS = 3;
  static final int BYTES = STATUS + STATUS_DIGITS + 1;

  /** From the end of the bytes to the referer, and from its end to the user agent. */
  static final int REFERER = 2;

  static final int USER_AGENT = 3;

  private static final int BRACKET = TIMESTAMP - 1;

  /** What follows the host, and which bytes of a word it is. */
  private static final long NOBODY = Words.ofText(" - - [\0\0");

  private static final long NOBODY_MASK = 0xFFFF_FFFF_FFFFL;

  /** What follows the request when 0 is taken for each digit, and what may be added to that. */
  private static final long AROUND_STATUS = Words.ofText("\" 000 \0\0");

  private static final long AROUND_STATUS_MASK = 0xFFFF_FFFF_FFFFL;
  private static final long AROUND_STATUS_ROOM = 0x7F76_7676_7F7FL;

  /** What stands between bytes and referer, and between referer and user agent. */
  private static final long OPENS = Words.ofText(" \"\0\0\0\0\0\0");

  private static final long OPENS_MASK = 0xFFFFL;
  private static final long BETWEEN = Words.ofText("\" \"\0\0\0\0\0");
  private static final long BETWEEN_MASK = 0xFFFFFFL;

  /** Beside what {@link KnownUserAgents} answers: no user agent that nothing is escaped in. */
  private static final int NONE = KnownUserAgents.UNKNOWN - 1;

  private final TimestampMemory recent;
  private final KnownUserAgents userAgents;

  UsualLine(TimestampMemory recent, KnownUserAgents userAgents) {
    this.recent = recent;
    this.userAgents = userAgents;
  }

  /**
   * As {@link LineParser#parse}, but that false says nothing, and leaves {@code into} as it was.
   */
  boolean parse(byte[] text, int from, int to, AccessLogLine into) {
    int hostTo = ByteSearch.indexOf(' ', text, from, to);
    int request = hostTo + REQUEST;
    if (hostTo == from || to - request < 2 * Words.BYTES || !opensRequest(text, hostTo, to)) {
      return false;
    }
    int requestTo = ByteSearch.plainEnd(text, request, to);
    int bytes = requestTo + BYTES;
    if (to - bytes < 2 * Words.BYTES || !closesAndHasStatus(Words.at(text, requestTo))) {
      return false;
    }
    int bytesTo = bytesEnd(Words.at(text, bytes), bytes);
    if (bytesTo == bytes || (Words.at(text, bytesTo) & OPENS_MASK) != OPENS) {
      return false;
    }
    int refererTo = ByteSearch.plainEnd(text, bytesTo + REFERER, to);
    if (to - refererTo < Words.BYTES || (Words.at(text, refererTo) & BETWEEN_MASK) != BETWEEN) {
      return false;
    }
    int userAgentTo = to - 1;
    int known = userAgent(text, refererTo + USER_AGENT, userAgentTo);
    if (known == NONE) {
      return false;
    }
    into.setUsual(text, from, hostTo, requestTo, bytesTo, refererTo, userAgentTo, known);
    return true;
  }

  private boolean opensRequest(byte[] text, int hostTo, int to) {
    return (Words.at(text, hostTo) & NOBODY_MASK) == NOBODY
        && recent.holdsAt(text, hostTo + BRACKET, to);
  }

  /** Whether a quote, a space, three digits and a space begin the word. */
  private static boolean closesAndHasStatus(long word) {
    return Words.areWithin(word, AROUND_STATUS, AROUND_STATUS_MASK, AROUND_STATUS_ROOM);
  }

  /** Where up to eight digits end, or a dash; {@code from} when there is neither. */
  private static int bytesEnd(long word, int from) {
    return (word & 0xFF) == '-' ? from + 1 : from + Words.first(Words.findNoDigit(word));
  }

  /** What the user agent is called among those that are known, or {@link #NONE}. */
  private int userAgent(byte[] text, int from, int to) {
    if (text[to] != '"') {
      return NONE;
    }
    int known = userAgents.number(text, from, to);
    boolean plain = known != KnownUserAgents.UNKNOWN || ByteSearch.plainEnd(text, from, to) == to;
    return plain ? known : NONE;
  }
}
