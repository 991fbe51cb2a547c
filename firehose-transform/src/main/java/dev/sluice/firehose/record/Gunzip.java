package dev.sluice.firehose.record;

import dev.sluice.enricher.OutputBuffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks all members of gzip data (RFC 1952) that lies in memory, up to a bound. Whatever is
 * damaged, cut off or followed by something else is an error. Not thread-safe.
 */
final class Gunzip {
  private static final int MAGIC_1 = 0x1f;
  private static final int MAGIC_2 = 0x8b;
  private static final int DEFLATE = 8;
  private static final int HEADER_BYTES = 10;
  private static final int TRAILER_BYTES = 8;
  private static final int FLAGS_AT = 3;
  private static final int FLAG_HEADER_CRC = 2;
  private static final int FLAG_EXTRA = 4;
  private static final int FLAG_NAME = 8;
  private static final int FLAG_COMMENT = 16;
  private static final int FLAGS_RESERVED = 0xe0;
  private static final int DAMAGED = -1;
  private static final int PIECE_BYTES = 16 * 1024;

  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private byte[] data;
  private int end;

  static boolean isGzip(byte[] data, int from, int to) {
    return to - from >= 2 && (data[from] & 0xff) == MAGIC_1 && (data[from + 1] & 0xff) == MAGIC_2;
  }

  /** Appends the unpacked bytes, {@code maxBytes} of them or fewer; null when all went well. */
  FailureReason expand(byte[] packed, int from, int to, int maxBytes, OutputBuffer out) {
    data = packed;
    end = to;
    int at = from;
    while (at < end) {
      int body = bodyAt(at);
      if (body == DAMAGED) {
        return FailureReason.DAMAGED_COMPRESSION;
      }
      int start = out.length();
      FailureReason failure = inflate(body, maxBytes, out);
      if (failure != null) {
        return failure;
      }
      int trailer = end - inflater.getRemaining();
      if (!trailerHolds(trailer, start, out)) {
        return FailureReason.DAMAGED_COMPRESSION;
      }
      at = trailer + TRAILER_BYTES;
    }
    return null;
  }

  /** Where the deflated bytes of the member at {@code at} begin. */
  private int bodyAt(int at) {
    if (end - at < HEADER_BYTES || !isGzip(data, at, end) || data[at + 2] != DEFLATE) {
      return DAMAGED;
    }
    int flags = data[at + FLAGS_AT] & 0xff;
    if ((flags & FLAGS_RESERVED) != 0) {
      return DAMAGED;
    }
    int body = at + HEADER_BYTES;
    if ((flags & FLAG_EXTRA) != 0) {
      body = end - body < 2 ? DAMAGED : body + 2 + (int) little(body, 2);
    }
    if ((flags & FLAG_NAME) != 0) {
      body = afterText(body);
    }
    if ((flags & FLAG_COMMENT) != 0) {
      body = afterText(body);
    }
    if (body != DAMAGED && (flags & FLAG_HEADER_CRC) != 0) {
      body += 2;
    }
    return body > end ? DAMAGED : body;
  }

  private int afterText(int from) {
    if (from == DAMAGED) {
      return DAMAGED;
    }
    for (int i = from; i < end; i++) {
      if (data[i] == 0) {
        return i + 1;
      }
    }
    return DAMAGED;
  }

  private FailureReason inflate(int body, int maxBytes, OutputBuffer out) {
    inflater.reset();
    inflater.setInput(data, body, end - body);
    try {
      while (!inflater.finished()) {
        int room = Math.min(PIECE_BYTES, maxBytes + 1 - out.length());
        int inflated = inflater.inflate(out.room(room), out.length(), room);
        out.length(out.length() + inflated);
        if (out.length() > maxBytes) {
          return FailureReason.EXPANDED_TOO_LARGE;
        }
        if (inflated == 0 && !inflater.finished()) {
          return FailureReason.DAMAGED_COMPRESSION; // cut off, or wants a dictionary
        }
      }
      return null;
    } catch (DataFormatException damaged) {
      return FailureReason.DAMAGED_COMPRESSION;
    }
  }

  private boolean trailerHolds(int trailer, int start, OutputBuffer out) {
    if (end - trailer < TRAILER_BYTES) {
      return false;
    }
    crc.reset();
    crc.update(out.array(), start, out.length() - start);
    return little(trailer, 4) == crc.getValue() && little(trailer + 4, 4) == out.length() - start;
  }

  private long little(int at, int bytes) {
    long value = 0;
    for (int i = bytes - 1; i >= 0; i--) {
      value = value << Byte.SIZE | data[at + i] & 0xff;
    }
    return value;
  }
}
