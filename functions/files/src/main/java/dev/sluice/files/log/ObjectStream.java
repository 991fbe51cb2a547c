package dev.sluice.files.log;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of an object, counted: an answer that breaks off is an error here, also where the HTTP
 * client takes it for the end.
 */
final class ObjectStream extends FilterInputStream {
  private final long length;
  private long count;

  /**
   * @param length bytes of the object
   */
  ObjectStream(InputStream source, long length) {
    super(source);
    this.length = length;
  }

  /** Bytes taken so far. */
  long count() {
    return count;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int bytes) throws IOException {
    int read;
    try {
      read = super.read(target, offset, bytes);
    } catch (IOException broken) {
      throw new SourceBrokenException(broken);
    }
    if (read > 0) {
      count += read;
    } else if (read < 0 && count < length) {
      throw new SourceBrokenException("the answer ended after " + count + " of " + length);
    }
    return read;
  }
}
