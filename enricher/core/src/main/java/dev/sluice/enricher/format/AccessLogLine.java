package dev.sluice.enricher.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Where the fields of one line are: a view over somebody else's bytes, filled by a {@link
 * LineParser} and used again for the next line. Offsets are indexes into {@link #buffer()}. Not
 * thread-safe.
 */
public final class AccessLogLine {
  private static final int ABSENT = -1;
  private static final Field[] FIELDS = Field.values();

  /** The fields that a Combined line has and every output writes. */
  private static final long USUAL =
      bit(Field.REMOTE_HOST)
          | bit(Field.TIMESTAMP)
          | bit(Field.REQUEST_LINE)
          | bit(Field.STATUS)
          | bit(Field.BYTES)
          | bit(Field.REFERER)
          | bit(Field.USER_AGENT);

  /** The fields that {@link #setUsual} sets. */
  private static final long USUAL_LINE =
      USUAL | bit(Field.IDENTITY) | bit(Field.USER) | bit(Field.EXTRA);

  private final int[] bounds = new int[2 * FIELDS.length];
  private byte[] buffer = new byte[0];

  /** One bit for each field that may have bounds; those of all others are {@link #ABSENT}. */
  private long present = -1;

  /** One bit for each field that is known to be plain. */
  private long plain;

  private boolean usualLine;
  private int knownUserAgent;
  private boolean timestampHolds;
  private boolean hostIsAddress;

  private static long bit(Field field) {
    return 1L << field.ordinal();
  }

  /** Forgets all fields and looks at another buffer. */
  public void reset(byte[] newBuffer) {
    look(newBuffer);
    Arrays.fill(bounds, ABSENT);
    present = 0;
    plain = 0;
    usualLine = false;
    knownUserAgent = KnownUserAgents.UNKNOWN;
    timestampHolds = false;
    hostIsAddress = false;
  }

  /**
   * Takes the fields of a {@link UsualLine}, of which all but the host are {@linkplain #isPlain
   * plain}. Does what {@link #reset} and the other setters do, in fewer steps.
   *
   * @param host where the line begins
   * @param hostTo where the host ends
   * @param requestTo where the closing quote of the request is
   * @param bytesTo where the bytes end
   * @param refererTo where the closing quote of the referer is
   * @param userAgentTo where the closing quote of the user agent is, the last byte of the line
   * @param known the user agent among {@link KnownUserAgents}, or that it is unknown
   */
  void setUsual(
      byte[] newBuffer,
      int host,
      int hostTo,
      int requestTo,
      int bytesTo,
      int refererTo,
      int userAgentTo,
      int known) {
    int[] into = bounds;
    if (present != USUAL_LINE) {
      Arrays.fill(into, ABSENT);
      present = USUAL_LINE;
    }
    look(newBuffer);
    plain = USUAL & ~bit(Field.REMOTE_HOST);
    usualLine = true;
    knownUserAgent = known;
    timestampHolds = true;
    hostIsAddress = false;
    int timestamp = hostTo + UsualLine.TIMESTAMP;
    int status = requestTo + UsualLine.STATUS;
    put(into, Field.EXTRA, userAgentTo + 1, userAgentTo + 1); // the last, so that it is in bounds
    put(into, Field.REMOTE_HOST, host, hostTo);
    put(into, Field.IDENTITY, hostTo + 1, hostTo + 2);
    put(into, Field.USER, hostTo + 3, hostTo + 4);
    put(into, Field.TIMESTAMP, timestamp, timestamp + ClfTimestamp.LENGTH);
    put(into, Field.REQUEST_LINE, hostTo + UsualLine.REQUEST, requestTo);
    put(into, Field.STATUS, status, status + UsualLine.STATUS_DIGITS);
    put(into, Field.BYTES, requestTo + UsualLine.BYTES, bytesTo);
    put(into, Field.REFERER, bytesTo + UsualLine.REFERER, refererTo);
    put(into, Field.USER_AGENT, refererTo + UsualLine.USER_AGENT, userAgentTo);
  }

  /** Writes the reference only where it is another, as {@code EnrichedLine} does. */
  private void look(byte[] newBuffer) {
    if (buffer != newBuffer) {
      buffer = newBuffer;
    }
  }

  private static void put(int[] into, Field field, int from, int to) {
    into[2 * field.ordinal()] = from;
    into[2 * field.ordinal() + 1] = to;
  }

  /** Whether the fields are as {@link #setUsual} has set them, or better known. */
  boolean isUsualLine() {
    return usualLine;
  }

  /**
   * Whether all bytes of the line are known to be printable ASCII. False when nobody has looked, as
   * it is of the host before {@link FieldChecks}.
   */
  public boolean isPlainLine() {
    return usualLine && (plain & USUAL) == USUAL;
  }

  /** Looks at the same bytes in another buffer, where they are {@code distance} further on. */
  void move(byte[] newBuffer, int distance) {
    buffer = newBuffer;
    for (int i = 0; i < bounds.length; i++) {
      if (bounds[i] != ABSENT) {
        bounds[i] += distance;
      }
    }
  }

  public byte[] buffer() {
    return buffer;
  }

  public void set(Field field, int from, int to) {
    put(bounds, field, from, to);
    present |= bit(field);
    usualLine = false;
    plain &= ~bit(field);
    hostIsAddress &= field != Field.REMOTE_HOST;
    if (field == Field.USER_AGENT) {
      knownUserAgent = KnownUserAgents.UNKNOWN;
    }
  }

  /** As {@link #set}, for a parser that knows {@link #isPlain} to hold. */
  void setPlain(Field field, int from, int to) {
    set(field, from, to);
    setPlain(field);
  }

  /** For whoever has looked at all bytes of the field. */
  void setPlain(Field field) {
    plain |= bit(field);
  }

  /** For a parser that has found the user agent among those that are known. */
  void setKnownUserAgent(int known, int from, int to) {
    setPlain(Field.USER_AGENT, from, to);
    knownUserAgent = known;
  }

  /** What the user agent is called among {@link KnownUserAgents}, or that it is unknown. */
  public int knownUserAgent() {
    return knownUserAgent;
  }

  /** For a parser that has seen that the timestamp names a moment. */
  void setTimestampHolds() {
    timestampHolds = true;
  }

  /** Whether the timestamp is known to name a moment. False when nobody has looked. */
  boolean timestampHolds() {
    return timestampHolds;
  }

  /** For whoever has seen that the host is an address. */
  public void setHostIsAddress() {
    hostIsAddress = true;
    setPlain(Field.REMOTE_HOST);
  }

  /**
   * Whether the remote host is known to be an address without port or zone. False when nobody has
   * looked.
   */
  public boolean hostIsAddress() {
    return hostIsAddress;
  }

  /**
   * Whether the field is known to be printable ASCII without quotes and backslashes, which every
   * output takes as it is. False when nobody has looked.
   */
  public boolean isPlain(Field field) {
    return (plain & bit(field)) != 0;
  }

  /**
   * Whether host, timestamp, request, status, bytes, referer and user agent are all {@linkplain
   * #isPlain plain}, and lie in {@link #buffer()} with at least {@code behind} bytes behind the
   * last of them.
   */
  public boolean isUsual(int behind) {
    return (plain & USUAL) == USUAL && to(Field.USER_AGENT) <= buffer.length - behind;
  }

  /** Whether the line's format has the field; its value may still be a dash or empty. */
  public boolean has(Field field) {
    return from(field) != ABSENT;
  }

  /** First byte of the field, or -1 when the line has none. */
  public int from(Field field) {
    return bounds[2 * field.ordinal()];
  }

  /** One after the last byte of the field, or -1 when the line has none. */
  public int to(Field field) {
    return bounds[2 * field.ordinal() + 1];
  }

  /** Whether the field is absent, or logged as {@code -}, which means the same. */
  public boolean isMissing(Field field) {
    int from = from(field);
    return from == ABSENT || (to(field) - from == 1 && buffer[from] == '-');
  }

  /** The field's bytes as ISO 8859-1 text, one character for each byte; allocates. */
  public String text(Field field) {
    return new String(buffer, from(field), to(field) - from(field), StandardCharsets.ISO_8859_1);
  }
}
