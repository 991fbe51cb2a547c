package dev.sluice.enricher.format;

import dev.sluice.enricher.BuiltInFormat;
import dev.sluice.enricher.bytes.ByteSearch;
import dev.sluice.enricher.bytes.Words;

/**
 * The built-in formats by one pass over the bytes: no text, no allocation, linear time. {@link
 * RegexParser} is the definition, and a differential test holds the two equal.
 */
public final class ScannerParser implements LineParser {
  private static final int NOT_FOUND = -1;
  private static final int STATUS_DIGITS = 3;
  private static final int MAX_BYTES_DIGITS = 18; // so that a long holds the count

  /** Identity and user of most lines, and which bytes of a word they are. */
  private static final long NOBODY = Words.ofText("- - [\0\0\0");

  private static final long NOBODY_MASK = 0xFFFFFFFFFFL;
  private static final int NOBODY_LENGTH = 4;

  private final BuiltInFormat format;
  private final KnownUserAgents userAgents;
  private final TimestampMemory recent = new TimestampMemory();
  private final UsualLine usual;

  public ScannerParser(BuiltInFormat format) {
    this(format, KnownUserAgents.NONE);
  }

  ScannerParser(BuiltInFormat format, KnownUserAgents userAgents) {
    this.format = format;
    this.userAgents = userAgents;
    usual = mayEndWithUserAgent(format) ? new UsualLine(recent, userAgents) : null;
  }

  /** Whether a line of the format may begin with a host and end with a user agent. */
  private static boolean mayEndWithUserAgent(BuiltInFormat format) {
    return switch (format) {
      case COMBINED, NGINX, AUTO -> true;
      case COMMON, VHOST_COMBINED, COMBINEDIO -> false;
    };
  }

  @Override
  public boolean parse(byte[] text, int from, int to, AccessLogLine into) {
    return (usual != null && usual.parse(text, from, to, into)) || parseAny(text, from, to, into);
  }

  /** The slow twin of {@link UsualLine}, which takes every line. */
  boolean parseAny(byte[] text, int from, int to, AccessLogLine into) {
    into.reset(text);
    int host = from;
    boolean virtualHost = hasVirtualHost(text, from, to);
    if (virtualHost) {
      host = virtualHost(text, from, to, into);
      if (host == NOT_FOUND) {
        return false;
      }
    }
    int end = hostToBytes(text, host, to, into);
    if (end != NOT_FOUND && (virtualHost || hasReferer(text, end, to))) {
      end = refererAndUserAgent(text, end, to, into);
    }
    if (end != NOT_FOUND && format == BuiltInFormat.COMBINEDIO) {
      end = traffic(text, end, to, into);
    }
    return end != NOT_FOUND && extra(text, end, to, into);
  }

  private boolean hasVirtualHost(byte[] text, int from, int to) {
    return switch (format) {
      case VHOST_COMBINED -> true;
      case AUTO -> VirtualHost.isAnnounced(text, from, to);
      case COMMON, COMBINED, NGINX, COMBINEDIO -> false;
    };
  }

  private static int virtualHost(byte[] text, int from, int to, AccessLogLine into) {
    int space = ByteSearch.indexOf(' ', text, from, to);
    int colon = VirtualHost.portColon(text, from, space);
    if (space == to || colon <= from) {
      return NOT_FOUND;
    }
    into.set(Field.SERVER_NAME, from, colon);
    into.set(Field.SERVER_PORT, colon + 1, space);
    return space + 1;
  }

  /** The fields of Common; answers where they end. */
  private int hostToBytes(byte[] text, int from, int to, AccessLogLine into) {
    int identity = word(Field.REMOTE_HOST, text, from, to, into);
    if (identity == NOT_FOUND) {
      return NOT_FOUND;
    }
    int request = identityToTimestamp(text, identity, to, into);
    if (request == NOT_FOUND) {
      return NOT_FOUND;
    }
    int status = quoted(Field.REQUEST_LINE, text, request, to, into);
    if (status == NOT_FOUND || !isStatus(text, status, to)) {
      return NOT_FOUND;
    }
    into.setPlain(Field.STATUS, status + 1, status + 1 + STATUS_DIGITS);
    int bytes = status + 1 + STATUS_DIGITS + 1;
    boolean dash = bytes < to && text[bytes] == '-';
    int end = dash ? bytes + 1 : digitsEnd(text, bytes, to);
    into.setPlain(Field.BYTES, bytes, end);
    return end;
  }

  private int identityToTimestamp(byte[] text, int from, int to, AccessLogLine into) {
    if (to - from >= Words.BYTES
        && (Words.at(text, from) & NOBODY_MASK) == NOBODY
        && recent.holdsAt(text, from + NOBODY_LENGTH, to)) {
      into.set(Field.IDENTITY, from, from + 1);
      into.set(Field.USER, from + 2, from + NOBODY_LENGTH - 1);
      return timestamp(from + NOBODY_LENGTH, true, into);
    }
    int user = word(Field.IDENTITY, text, from, to, into);
    return user == NOT_FOUND ? NOT_FOUND : userAndTimestamp(text, user, to, into);
  }

  /** A word and the space after it; answers where the next field begins. */
  private static int word(Field field, byte[] text, int from, int to, AccessLogLine into) {
    int space = ByteSearch.indexOf(' ', text, from, to);
    if (space == from || space == to) {
      return NOT_FOUND;
    }
    into.set(field, from, space);
    return space + 1;
  }

  /** The user ends where a timestamp and a quote follow; answers what is after that quote. */
  private int userAndTimestamp(byte[] text, int from, int to, AccessLogLine into) {
    int space = ByteSearch.indexOf(' ', text, from, to);
    boolean holds = recent.holdsAt(text, space + 1, to);
    if (!holds) {
      while (!TimestampWords.standAt(text, space + 1, to)) {
        if (space >= to) {
          return NOT_FOUND;
        }
        space = ByteSearch.indexOf(' ', text, space + 1, to);
      }
      holds = ClfTimestamp.firstImpossible(text, space + 2) < 0;
      if (holds) {
        recent.remember(text, space + 1);
      }
    }
    into.set(Field.USER, from, space);
    return timestamp(space + 1, holds, into);
  }

  private static int timestamp(int bracket, boolean holds, AccessLogLine into) {
    into.setPlain(Field.TIMESTAMP, bracket + 1, bracket + 1 + ClfTimestamp.LENGTH);
    if (holds) {
      into.setTimestampHolds();
    }
    return bracket + TimestampWords.LENGTH;
  }

  /** A quoted field from behind its opening quote; answers what is after the closing one. */
  private static int quoted(Field field, byte[] text, int from, int to, AccessLogLine into) {
    int special = ByteSearch.plainEnd(text, from, to);
    if (special < to && text[special] == '"') {
      into.setPlain(field, from, special);
      return special + 1;
    }
    int quote = Quoted.closingQuote(text, special, to);
    if (quote >= to) {
      return NOT_FOUND;
    }
    into.set(field, from, quote);
    return quote + 1;
  }

  /** Whether three digits stand between two spaces. */
  private static boolean isStatus(byte[] text, int i, int to) {
    return to - i >= STATUS_DIGITS + 2
        && text[i] == ' '
        && isDigit(text[i + 1])
        && isDigit(text[i + 2])
        && isDigit(text[i + 3])
        && text[i + 4] == ' ';
  }

  /** End of 1 to 18 digits. */
  private static int digitsEnd(byte[] text, int from, int to) {
    if (to - from >= Words.BYTES) {
      int digits = Words.first(Words.findNoDigit(Words.at(text, from)));
      if (digits < Words.BYTES) {
        return digits == 0 ? NOT_FOUND : from + digits;
      }
    }
    int limit = Math.min(to, from + MAX_BYTES_DIGITS);
    int i = from;
    while (i < limit && isDigit(text[i])) {
      i++;
    }
    return i == from ? NOT_FOUND : i;
  }

  private boolean hasReferer(byte[] text, int at, int to) {
    return switch (format) {
      case COMMON -> false;
      case COMBINED, NGINX, VHOST_COMBINED, COMBINEDIO -> true;
      case AUTO -> opensQuote(text, at, to);
    };
  }

  private static boolean opensQuote(byte[] text, int at, int to) {
    return to - at >= 2 && text[at] == ' ' && text[at + 1] == '"';
  }

  private int refererAndUserAgent(byte[] text, int at, int to, AccessLogLine into) {
    if (!opensQuote(text, at, to)) {
      return NOT_FOUND;
    }
    int userAgent = quoted(Field.REFERER, text, at + 2, to, into);
    if (userAgent == NOT_FOUND || !opensQuote(text, userAgent, to)) {
      return NOT_FOUND;
    }
    return userAgent(text, userAgent + 2, to, into);
  }

  /** Most lines end with their user agent, and most user agents were seen before. */
  private int userAgent(byte[] text, int from, int to, AccessLogLine into) {
    if (to > from && text[to - 1] == '"') {
      int known = userAgents.number(text, from, to - 1);
      if (known != KnownUserAgents.UNKNOWN) {
        into.setKnownUserAgent(known, from, to - 1);
        return to;
      }
    }
    return quoted(Field.USER_AGENT, text, from, to, into);
  }

  /** Bytes received and sent, a space before each. */
  private static int traffic(byte[] text, int from, int to, AccessLogLine into) {
    int sent = number(Field.BYTES_RECEIVED, text, from, to, into);
    return sent == NOT_FOUND ? NOT_FOUND : number(Field.BYTES_SENT, text, sent, to, into);
  }

  private static int number(Field field, byte[] text, int space, int to, AccessLogLine into) {
    if (space == to || text[space] != ' ') {
      return NOT_FOUND;
    }
    int end = digitsEnd(text, space + 1, to);
    into.set(field, space + 1, end);
    return end;
  }

  /** What is left begins with a blank, or is nothing. */
  private static boolean extra(byte[] text, int from, int to, AccessLogLine into) {
    into.set(Field.EXTRA, from, to);
    return from == to || text[from] == ' ' || text[from] == '\t';
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
