package dev.sluice.producers;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Decompresses all members of a gzip stream (RFC 1952) and fails on anything that is damaged.
 *
 * <p>{@link java.util.zip.GZIPInputStream} ends quietly after a member when the source has nothing
 * at hand just then (a pipe), or when the header of the next member is damaged. Both would lose
 * lines without a word.
 */
final class GzipMembersInputStream extends InputStream {
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int MAGIC_1 = 0x1f;
  private static final int MAGIC_2 = 0x8b;
  private static final int DEFLATE = 8;
  private static final int FLAG_HEADER_CRC = 2;
  private static final int FLAG_EXTRA = 4;
  private static final int FLAG_NAME = 8;
  private static final int FLAG_COMMENT = 16;
  private static final int FLAGS_RESERVED = 0xe0;

  private final InputStream compressed;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int from;
  private int to;
  private long memberBytes;
  private int member;
  private boolean ended;

  /** Reads from {@code compressed}, which starts with the header of a member. */
  GzipMembersInputStream(InputStream compressed) {
    this.compressed = compressed;
  }

  /** Whether a stream whose first two bytes are these is gzip. */
  static boolean isGzip(int first, int second) {
    return first == MAGIC_1 && second == MAGIC_2;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (member == 0) {
      openMember();
    }
    while (!ended) {
      int inflated = inflate(target, offset, length);
      if (inflated > 0) {
        crc.update(target, offset, inflated);
        memberBytes += inflated;
        return inflated;
      }
      if (inflater.finished()) {
        closeMember();
      } else if (inflater.needsDictionary()) {
        throw damaged("asks for a dictionary");
      } else {
        fill();
        inflater.setInput(buffer, from, to - from);
      }
    }
    return -1;
  }

  private int inflate(byte[] target, int offset, int length) throws IOException {
    try {
      return inflater.inflate(target, offset, length);
    } catch (DataFormatException broken) {
      throw damaged("does not decompress");
    }
  }

  private void openMember() throws IOException {
    member++;
    if (!isGzip(next(), next())) {
      throw damaged("does not start as gzip does");
    }
    int method = next();
    int flags = next();
    if (method != DEFLATE || (flags & FLAGS_RESERVED) != 0) {
      throw damaged("has an unknown method or flag");
    }
    skip(6); // time, extra flags, operating system
    if ((flags & FLAG_EXTRA) != 0) {
      skip(next() | next() << 8);
    }
    if ((flags & FLAG_NAME) != 0) {
      skipText();
    }
    if ((flags & FLAG_COMMENT) != 0) {
      skipText();
    }
    if ((flags & FLAG_HEADER_CRC) != 0) {
      skip(2);
    }
    inflater.reset();
    crc.reset();
    memberBytes = 0;
    inflater.setInput(buffer, from, to - from);
  }

  private void closeMember() throws IOException {
    from = to - inflater.getRemaining();
    if (little32() != crc.getValue()) {
      throw damaged("has a wrong checksum");
    }
    if (little32() != (memberBytes & 0xffffffffL)) {
      throw damaged("has a wrong length");
    }
    if (from < to || refill()) {
      openMember();
    } else {
      ended = true;
    }
  }

  private long little32() throws IOException {
    return next() | next() << 8 | next() << 16 | (long) next() << 24;
  }

  private void skip(int bytes) throws IOException {
    for (int i = 0; i < bytes; i++) {
      next();
    }
  }

  private void skipText() throws IOException {
    while (next() != 0) {
      // the name or comment ends with a zero byte
    }
  }

  private int next() throws IOException {
    if (from == to) {
      fill();
    }
    return buffer[from++] & 0xff;
  }

  private void fill() throws IOException {
    if (!refill()) {
      throw new EOFException("gzip data ends in the middle of member " + member);
    }
  }

  /** Reads more into the used-up buffer; false at the end of the source. */
  private boolean refill() throws IOException {
    int read = compressed.read(buffer, 0, buffer.length);
    from = 0;
    to = Math.max(0, read);
    return read > 0;
  }

  private IOException damaged(String how) {
    return new ZipException("gzip data is damaged: member " + member + " " + how);
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    compressed.close();
  }
}
