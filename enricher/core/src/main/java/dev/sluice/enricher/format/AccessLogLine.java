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

  private final int[] bounds = new int[2 * FIELDS.length];
  private byte[] buffer = new byte[0];

  /** One bit for each field that is known to be plain. */
  private long plain;

  private int knownUserAgent;
  private boolean timestampHolds;
  private boolean hostIsAddress;

  private static long bit(Field field) {
    return 1L << field.ordinal();
  }

  /** Forgets all fields and looks at another buffer. */
  public void reset(byte[] newBuffer) {
    buffer = newBuffer;
    Arrays.fill(bounds, ABSENT);
    plain = 0;
    knownUserAgent = KnownUserAgents.UNKNOWN;
    timestampHolds = false;
    hostIsAddress = false;
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
    bounds[2 * field.ordinal()] = from;
    bounds[2 * field.ordinal() + 1] = to;
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
