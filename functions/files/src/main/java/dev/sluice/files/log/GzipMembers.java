package dev.sluice.files.log;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks all members of a gzip stream (RFC 1952). {@link java.util.zip.GZIPInputStream} takes a
 * source that has nothing at hand just then for its end, as that of an S3 client often has, and
 * then leaves out all members behind the one that it is in.
 *
 * <p>Damage is a {@link BrokenContentException}; an error of the source passes as it is. Bytes
 * before the damage were given before.
 *
 * @see <a href="https://github.com/aws/aws-sdk-java-v2/issues/7046">aws-sdk-java-v2 #7046</a>
 */
final class GzipMembers extends InputStream {
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int MAGIC_1 = 0x1f;
  private static final int MAGIC_2 = 0x8b;
  private static final int DEFLATE = 8;
  private static final int UNUSED_HEADER_BYTES = 6; // time, extra flags, operating system
  private static final int FLAG_HEADER_CRC = 2;
  private static final int FLAG_EXTRA = 4;
  private static final int FLAG_NAME = 8;
  private static final int FLAG_COMMENT = 16;
  private static final int FLAGS_RESERVED = 0xe0;
  private static final long LENGTH_MASK = 0xffff_ffffL; // the trailer has the length modulo 2^32

  private final InputStream source;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int from;
  private int to;
  private long member;
  private long memberBytes;
  private boolean ended;

  GzipMembers(InputStream source) {
    this.source = source;
  }

  /** Whether a file that begins with these bytes is gzip. */
  static boolean begins(byte[] start, int length) {
    return length >= 2 && (start[0] & 0xff) == MAGIC_1 && (start[1] & 0xff) == MAGIC_2;
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
      begin();
    }
    while (!ended) {
      int count = inflate(target, offset, length);
      if (count > 0) {
        crc.update(target, offset, count);
        memberBytes += count;
        return count;
      }
      if (inflater.finished()) {
        end();
      } else if (inflater.needsDictionary()) {
        throw damaged("asks for a dictionary");
      } else {
        require();
        inflater.setInput(buffer, from, to - from);
      }
    }
    return -1;
  }

  private int inflate(byte[] target, int offset, int length) throws IOException {
    try {
      return inflater.inflate(target, offset, length);
    } catch (DataFormatException broken) {
      throw damaged("does not unpack");
    }
  }

  private void begin() throws IOException {
    member++;
    if (next() != MAGIC_1 || next() != MAGIC_2) {
      throw damaged("does not begin as gzip does");
    }
    int method = next();
    int flags = next();
    if (method != DEFLATE || (flags & FLAGS_RESERVED) != 0) {
      throw damaged("has an unknown method or flag");
    }
    skip(UNUSED_HEADER_BYTES);
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
    inflater.setInput(buffer, from, to - from);
    crc.reset();
    memberBytes = 0;
  }

  private void end() throws IOException {
    from = to - inflater.getRemaining();
    if (word() != crc.getValue()) {
      throw damaged("has a wrong checksum");
    }
    if (word() != (memberBytes & LENGTH_MASK)) {
      throw damaged("has a wrong length");
    }
    if (from < to || fill()) {
      begin();
    } else {
      ended = true;
    }
  }

  private long word() throws IOException {
    return next() | next() << 8 | next() << 16 | (long) next() << 24;
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      next();
    }
  }

  private void skipText() throws IOException {
    int b = next();
    while (b != 0) {
      b = next();
    }
  }

  private int next() throws IOException {
    if (from == to) {
      require();
    }
    return buffer[from++] & 0xff;
  }

  private void require() throws IOException {
    if (!fill()) {
      throw new BrokenContentException("its gzip data ends in the middle of member " + member);
    }
  }

  /** Takes more of the source, of which all was used; false at its end. */
  private boolean fill() throws IOException {
    from = 0;
    to = Math.max(0, source.read(buffer, 0, buffer.length));
    return to > 0;
  }

  private BrokenContentException damaged(String how) {
    return new BrokenContentException("its gzip data is damaged: member " + member + " " + how);
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    source.close();
  }
}
