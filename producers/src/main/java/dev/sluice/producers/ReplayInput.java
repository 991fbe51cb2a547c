package dev.sluice.producers;

import io.airlift.compress.MalformedInputException;
import io.airlift.compress.zstd.ZstdInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * The bytes of a log, decompressed when they start as gzip or Zstandard does, whatever the file is
 * called.
 */
public final class ReplayInput implements AutoCloseable {
  /** First bytes of a Zstandard frame (RFC 8878, section 3.1.1). */
  private static final byte[] ZSTD_MAGIC = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};

  private final CountingStream counted;
  private final InputStream content;
  private final OptionalLong size;

  private ReplayInput(InputStream raw, OptionalLong size) throws IOException {
    this.counted = new CountingStream(raw);
    this.content = decompressed(counted);
    this.size = size;
  }

  public static ReplayInput open(Path file) throws IOException {
    InputStream raw = Files.newInputStream(file);
    try {
      return new ReplayInput(raw, OptionalLong.of(Files.size(file)));
    } catch (IOException unreadable) {
      raw.close();
      throw unreadable;
    }
  }

  public static ReplayInput of(InputStream raw) throws IOException {
    return new ReplayInput(raw, OptionalLong.empty());
  }

  private static InputStream decompressed(InputStream raw) throws IOException {
    var peeking = new PushbackInputStream(raw, ZSTD_MAGIC.length);
    byte[] start = peeking.readNBytes(ZSTD_MAGIC.length);
    peeking.unread(start);
    if (start.length >= 2 && GzipMembersInputStream.isGzip(start[0] & 0xff, start[1] & 0xff)) {
      return new GzipMembersInputStream(peeking);
    }
    return Arrays.equals(start, ZSTD_MAGIC) ? zstd(peeking) : peeking;
  }

  /** Reports damage as {@link IOException}, as the JDK's streams do. */
  private static InputStream zstd(InputStream compressed) {
    return new FilterInputStream(new ZstdInputStream(compressed)) {
      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        try {
          return super.read(target, offset, length);
        } catch (MalformedInputException damaged) {
          throw new IOException("damaged Zstandard data: " + damaged.getMessage(), damaged);
        }
      }
    };
  }

  public InputStream content() {
    return content;
  }

  /** Bytes taken from the source so far, before decompression. */
  public long bytesRead() {
    return counted.count;
  }

  /** Bytes of the source, if it is a file. */
  public OptionalLong size() {
    return size;
  }

  @Override
  public void close() throws IOException {
    content.close();
  }

  /** Counts what passes; read by one thread, looked at by others. */
  private static final class CountingStream extends FilterInputStream {
    private volatile long count;

    CountingStream(InputStream source) {
      super(source);
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      if (read >= 0) {
        add(1);
      }
      return read;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int read = super.read(target, offset, length);
      if (read > 0) {
        add(read);
      }
      return read;
    }

    private void add(int bytes) {
      long before = count; // only the reading thread writes it
      count = before + bytes;
    }
  }
}
