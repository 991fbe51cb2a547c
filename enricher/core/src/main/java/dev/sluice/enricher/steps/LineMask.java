package dev.sluice.enricher.steps;

import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.format.AccessLogLine;
import dev.sluice.enricher.format.Field;
import dev.sluice.enricher.format.HostAddress;
import dev.sluice.enricher.geo.Address;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * Masks the fields of a line: the line then looks at masked copies of them, in a buffer that is
 * used again for the next line. Not thread-safe.
 */
final class LineMask {
  private static final Field[] FIELDS = Field.values();

  /** Fields whose shape leaves no room for anything to mask. */
  private static final Set<Field> SHAPED =
      EnumSet.of(
          Field.TIMESTAMP,
          Field.STATUS,
          Field.BYTES,
          Field.SERVER_PORT,
          Field.PROTOCOL,
          Field.BYTES_RECEIVED,
          Field.BYTES_SENT,
          Field.DURATION_MICROS,
          Field.DURATION_MILLIS,
          Field.DURATION_SECONDS,
          Field.KEEPALIVE_REQUESTS,
          Field.CONNECTION_STATUS,
          Field.PROCESS_ID);

  private static final byte[] LOCAL_SOCKET = "unix:".getBytes(StandardCharsets.US_ASCII);

  private final TextMask text;
  private final AddressMask addresses; // null when they stay
  private final OutputBuffer scratch = new OutputBuffer();
  private final int[] ends = new int[FIELDS.length];
  private boolean changedUserAgent;
  private boolean changedHost;

  LineMask(TextMask text, AddressMask addresses) {
    this.text = text;
    this.addresses = addresses;
  }

  /**
   * @return whether anything had to be masked, so that offsets into the old buffer are void
   */
  boolean mask(AccessLogLine line) {
    scratch.clear();
    changedUserAgent = false;
    changedHost = false;
    boolean changed = false;
    for (Field field : FIELDS) {
      if (line.has(field)) {
        boolean changedField = append(line, field);
        changed |= changedField;
        changedUserAgent |= changedField && field == Field.USER_AGENT;
        changedHost |= changedField && field == Field.REMOTE_HOST;
      }
      ends[field.ordinal()] = line.has(field) ? scratch.length() : -1;
    }
    if (changed) {
      lookAtScratch(line);
    }
    return changed;
  }

  /** Whether the last line had something masked in its user agent. */
  boolean changedUserAgent() {
    return changedUserAgent;
  }

  /** Whether the last line had something masked in its host. */
  boolean changedHost() {
    return changedHost;
  }

  /** Whether the field would be masked; the line stays as it is. */
  boolean changes(AccessLogLine line, Field field) {
    scratch.clear();
    return append(line, field);
  }

  private boolean append(AccessLogLine line, Field field) {
    byte[] buffer = line.buffer();
    int from = line.from(field);
    int to = line.to(field);
    if (SHAPED.contains(field)) {
      scratch.append(buffer, from, to);
      return false;
    }
    if (addresses != null && field == Field.REMOTE_HOST && isName(buffer, from, to)) {
      addresses.appendName(buffer, from, to, scratch);
      return true;
    }
    return text.append(buffer, from, to, scratch);
  }

  /** Whether the host is neither an address, with or without port and zone, nor a word for none. */
  private static boolean isName(byte[] text, int from, int to) {
    int start = HostAddress.from(text, from, to);
    int end = HostAddress.to(text, from, to);
    int zone = start;
    while (zone < end && text[zone] != '%') {
      zone++;
    }
    return Address.parse(text, start, zone) == null
        && !(to - from == 1 && text[from] == '-')
        && !Arrays.equals(text, from, to, LOCAL_SOCKET, 0, LOCAL_SOCKET.length);
  }

  private void lookAtScratch(AccessLogLine line) {
    line.reset(scratch.array());
    int from = 0;
    for (Field field : FIELDS) {
      int end = ends[field.ordinal()];
      if (end >= 0) {
        line.set(field, from, end);
        from = end;
      }
    }
  }
}
