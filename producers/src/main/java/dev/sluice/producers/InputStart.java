package dev.sluice.producers;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * An input that remembers how it begins, by which it is known again although it may have grown. One
 * thread reads; others may ask for the digest of what they know to be read.
 */
final class InputStart extends FilterInputStream {
  private static final int MAX_BYTES = 4_096;

  private final byte[] start = new byte[MAX_BYTES];
  private int known;

  InputStart(InputStream content) {
    super(content);
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    if (read >= 0 && known < MAX_BYTES) {
      start[known++] = (byte) read;
    }
    return read;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int read = super.read(target, offset, length);
    int kept = Math.min(read, MAX_BYTES - known);
    if (kept > 0) {
      System.arraycopy(target, offset, start, known, kept);
      known += kept;
    }
    return read;
  }

  /**
   * Goes on to an offset from the first byte, which is where this has to stand.
   *
   * @throws java.io.EOFException there are not so many bytes
   */
  void goTo(long bytes) throws IOException {
    int read = readNBytes((int) Math.min(bytes, MAX_BYTES)).length;
    skipNBytes(bytes - read);
  }

  /**
   * Digest of the first bytes up to an offset, of a bounded number of them.
   *
   * @param bytes not more than were read
   */
  String digest(long bytes) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(start, 0, (int) Math.min(bytes, MAX_BYTES));
      return HexFormat.of().formatHex(sha256.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible); // every JDK has it
    }
  }
}
