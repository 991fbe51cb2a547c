package dev.sluice.functions.fanout.enrich;

import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.gzip.TextGzip;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Compresses a whole text at once, by a level that is chosen: {@link TextGzip} is the fastest, the
 * others are zlib's, with one compressor for all, whose memory lies outside of the heap. Not
 * thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1952">RFC 1952</a>
 */
final class Gzip {
  private static final byte[] HEAD = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
  private static final int CHUNK_BYTES = 64 * 1024;

  private final TextGzip fastest; // null with another level
  private final Deflater deflater; // null with the fastest
  private final OutputBuffer out = new OutputBuffer(CHUNK_BYTES);

  /**
   * @param level 1, fast, to 9, small
   */
  Gzip(int level) {
    fastest = level == TextGzip.LEVEL ? new TextGzip() : null;
    deflater = level == TextGzip.LEVEL ? null : new Deflater(level, true);
  }

  /** The text from the first byte to {@code length}, compressed; a valid gzip also when empty. */
  byte[] of(byte[] text, int length) {
    out.clear();
    if (fastest != null) {
      fastest.append(text, 0, length, out);
    } else {
      deflate(text, length);
    }
    return out.toByteArray();
  }

  private void deflate(byte[] text, int length) {
    out.append(HEAD);
    deflater.reset();
    deflater.setInput(text, 0, length);
    deflater.finish();
    while (!deflater.finished()) {
      byte[] room = out.room(CHUNK_BYTES);
      out.length(out.length() + deflater.deflate(room, out.length(), CHUNK_BYTES));
    }
    var crc = new CRC32();
    crc.update(text, 0, length);
    appendLittleEndian((int) crc.getValue());
    appendLittleEndian(length);
  }

  private void appendLittleEndian(int word) {
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      out.append((byte) (word >>> shift));
    }
  }
}
