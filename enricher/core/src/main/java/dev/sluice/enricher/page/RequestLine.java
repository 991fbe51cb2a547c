package dev.sluice.enricher.page;

import dev.sluice.enricher.bytes.ByteSearch;
import dev.sluice.enricher.bytes.Words;

/**
 * Where the parts of a request line are: a view over the bytes of a line, used again for the next.
 * Takes whatever a client sent; {@link #isWellFormed} says whether HTTP would. Not thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-3">RFC 9112, section 3</a>
 */
public final class RequestLine {
  private static final int ABSENT = -1;
  private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~"; // RFC 9110, section 5.6.2
  private static final boolean[] TOKEN_BYTES = new boolean[256];

  static {
    for (int b = 0; b < 128; b++) {
      TOKEN_BYTES[b] = isLetter((byte) b) || isDigit((byte) b) || TOKEN_MARKS.indexOf(b) >= 0;
    }
  }

  /** The first five bytes of a usual request line, and which bytes of a word they are. */
  private static final long GET = Words.ofText("GET /\0\0\0");

  private static final long GET_MASK = 0xFFFFFFFFFFL;
  private static final int GET_LENGTH = 4;

  /** The protocol at its end, and which bytes of a word are no digits. */
  private static final long VERSION = Words.ofText("HTTP/\0.\0");

  private static final long VERSION_MASK = 0x00FF00FFFFFFFFFFL;

  private int targetFrom;
  private int targetTo;
  private boolean connect;
  private boolean wellFormed;

  /** Looks at the request line from {@code from} (in) to {@code to} (out). */
  public void parse(byte[] text, int from, int to) {
    if (!parseUsual(text, from, to)) {
      parseAny(text, from, to);
    }
  }

  /** Looks at a well-formed request line of which the target is known. */
  void known(int newTargetFrom, int newTargetTo) {
    targetFrom = newTargetFrom;
    targetTo = newTargetTo;
    connect = false;
    wellFormed = true;
  }

  /** The same for {@code GET /... HTTP/1.1} and the like alone; false leaves it to the other. */
  private boolean parseUsual(byte[] text, int from, int to) {
    int target = from + GET_LENGTH;
    int targetEnd = to - Words.BYTES - 1;
    if (targetEnd <= target
        || (Words.at(text, from) & GET_MASK) != GET
        || (Words.at(text, to - Words.BYTES) & VERSION_MASK) != VERSION
        || !isDigit(text[to - 1])
        || !isDigit(text[to - 3])
        || ByteSearch.indexOf(' ', text, target, to) != targetEnd) {
      return false;
    }
    targetFrom = target;
    targetTo = targetEnd;
    connect = false;
    wellFormed = true;
    return true;
  }

  /** The slow twin of {@link #parseUsual}, which takes every request line. */
  void parseAny(byte[] text, int from, int to) {
    targetFrom = ABSENT;
    targetTo = ABSENT;
    connect = false;
    wellFormed = false;
    int methodTo = methodEnd(text, from, to);
    if (methodTo == from || methodTo == to || text[methodTo] != ' ') {
      return;
    }
    connect = isConnect(text, from, methodTo);
    int start = skipSpaces(text, methodTo, to);
    int protocol = protocolStart(text, start, to);
    int end = protocol;
    while (end > start && text[end - 1] == ' ') {
      end--;
    }
    if (end == start) {
      return;
    }
    targetFrom = start;
    targetTo = end;
    wellFormed =
        start == methodTo + 1
            && end == protocol - 1
            && isProtocol(text, protocol, to)
            && isTarget(text, start, end);
  }

  /** Method, target and protocol, one space between them, each of the right shape. */
  public boolean isWellFormed() {
    return wellFormed;
  }

  /** Whether there is a target that names something; CONNECT names a host and a port. */
  public boolean hasTarget() {
    return targetFrom != ABSENT && !connect;
  }

  public int targetFrom() {
    return targetFrom;
  }

  public int targetTo() {
    return targetTo;
  }

  private static int methodEnd(byte[] text, int from, int to) {
    int i = from;
    while (i < to && isTokenByte(text[i])) {
      i++;
    }
    return i;
  }

  private static boolean isTokenByte(byte b) {
    return TOKEN_BYTES[b & 0xFF];
  }

  private static boolean isConnect(byte[] text, int from, int to) {
    String name = "CONNECT";
    if (to - from != name.length()) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if (text[from + i] != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static int skipSpaces(byte[] text, int from, int to) {
    int i = from;
    while (i < to && text[i] == ' ') {
      i++;
    }
    return i;
  }

  /** Start of the last word when that looks like {@code HTTP/1.1}, otherwise {@code to}. */
  private static int protocolStart(byte[] text, int from, int to) {
    int word = ByteSearch.lastIndexOf(' ', text, from, to) + 1;
    int slash = word;
    while (slash < to && isLetter(text[slash])) {
      slash++;
    }
    // RTSP/1.0 or http/1.1 are no HTTP, but no part of the target either.
    boolean protocol =
        slash > word && slash + 1 < to && text[slash] == '/' && isDigit(text[slash + 1]);
    return protocol ? word : to;
  }

  private static boolean startsWithHttp(byte[] text, int from, int to) {
    return to - from > 4
        && text[from] == 'H'
        && text[from + 1] == 'T'
        && text[from + 2] == 'T'
        && text[from + 3] == 'P'
        && text[from + 4] == '/';
  }

  /** {@code HTTP/1.1} and, as some servers write it, {@code HTTP/2}. */
  private static boolean isProtocol(byte[] text, int from, int to) {
    int length = to - from;
    return startsWithHttp(text, from, to)
        && (length == 6 || (length == 8 && text[from + 6] == '.' && isDigit(text[from + 7])))
        && isDigit(text[from + 5]);
  }

  /** One of the four forms of RFC 9112, section 3.2. */
  private boolean isTarget(byte[] text, int from, int to) {
    return ByteSearch.indexOf(' ', text, from, to) == to
        && (connect
            || text[from] == '/'
            || (to - from == 1 && text[from] == '*')
            || Uris.authorityStart(text, from, to) != Uris.NO_AUTHORITY);
  }

  private static boolean isLetter(byte b) {
    return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
