package dev.sluice.files.log;

import io.airlift.compress.zstd.ZstdInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Arrays;
import java.util.Locale;

/**
 * The unpacked bytes of a log file: gzip and Zstandard are known by how they begin, and a file
 * whose name promises one of them must be one. No more than a bound is unpacked. Not thread-safe.
 */
public final class LogContent extends InputStream {
  /** First bytes of a Zstandard frame (RFC 8878, section 3.1.1). */
  private static final byte[] ZSTD_MAGIC = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};

  private final ObjectStream object;
  private final InputStream unpacked;
  private final long maxBytes;
  private long bytes;

  private LogContent(ObjectStream object, InputStream unpacked, long maxBytes) {
    this.object = object;
    this.unpacked = unpacked;
    this.maxBytes = maxBytes;
  }

  /**
   * Begins to read.
   *
   * @param fileName whose end says how the file is packed
   * @param length bytes of the object
   * @param maxBytes unpacked bytes that are read at most
   * @throws BrokenContentException when it is not packed as its name says
   */
  public static LogContent open(String fileName, InputStream source, long length, long maxBytes)
      throws IOException {
    var object = new ObjectStream(source, length);
    var peeking = new PushbackInputStream(object, ZSTD_MAGIC.length);
    byte[] start = peeking.readNBytes(ZSTD_MAGIC.length);
    peeking.unread(start);
    boolean gzip = GzipMembers.begins(start, start.length);
    boolean zstd = Arrays.equals(start, ZSTD_MAGIC);
    String lower = fileName.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".gz") && !gzip) {
      throw new BrokenContentException("its name ends in .gz, and it does not begin as gzip does");
    }
    if (lower.endsWith(".zst") && !zstd) {
      throw new BrokenContentException("its name ends in .zst, and it does not begin as zstd does");
    }
    InputStream unpacked = gzip ? new GzipMembers(peeking) : zstd ? zstd(peeking) : peeking;
    return new LogContent(object, unpacked, maxBytes);
  }

  /** The library tells damage by several kinds of exceptions. */
  private static InputStream zstd(InputStream packed) {
    return new FilterInputStream(new ZstdInputStream(packed)) {
      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        try {
          return super.read(target, offset, length);
        } catch (SourceBrokenException notTheFile) {
          throw notTheFile;
        } catch (IOException | RuntimeException damaged) {
          throw new BrokenContentException(
              "its Zstandard data is damaged or ends too early", damaged);
        }
      }
    };
  }

  /** Bytes of the object that were taken so far. */
  public long packedBytes() {
    return object.count();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int room = (int) Math.min(length, maxBytes + 1 - bytes);
    int read = unpacked.read(target, offset, room);
    if (read > 0) {
      bytes += read;
      if (bytes > maxBytes) {
        throw new BrokenContentException(
            "it holds more than " + maxBytes + " bytes unpacked (MAX_UNPACKED_BYTES)");
      }
    }
    return read;
  }

  @Override
  public void close() throws IOException {
    unpacked.close();
  }
}
