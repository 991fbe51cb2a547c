package dev.sluice.enricher.gzip;

import dev.sluice.enricher.OutputBuffer;
import java.util.zip.CRC32;

/**
 * Makes gzip of text that resembles itself, such as lines of a log: about as small as zlib's level
 * 1 makes it, in two thirds of the time or less. Incompressible bytes become half a percent larger.
 * Not thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1952">RFC 1952</a>
 */
public final class TextGzip {
  /** What it is called where a compression level is chosen; those above it are zlib's. */
  public static final int LEVEL = 1;

  private static final byte[] HEAD = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

  private final TextDeflater deflater = new TextDeflater();
  private final CRC32 crc = new CRC32();

  /**
   * Appends a member with the text from {@code from} (in) to {@code to} (out); a valid one also
   * when it is empty.
   */
  public void append(byte[] text, int from, int to, OutputBuffer out) {
    out.append(HEAD);
    deflater.begin(out);
    deflater.deflate(text, from, to, true);
    crc.reset();
    crc.update(text, from, to - from);
    appendTail(crc, to - from, out);
  }

  static void appendHead(OutputBuffer out) {
    out.append(HEAD);
  }

  /** Check sum and length, modulo 2 to the 32nd. */
  static void appendTail(CRC32 crc, long length, OutputBuffer out) {
    appendLittleEndian((int) crc.getValue(), out);
    appendLittleEndian((int) length, out);
  }

  private static void appendLittleEndian(int word, OutputBuffer out) {
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      out.append((byte) (word >>> shift));
    }
  }
}
