package dev.sluice.cli.demo;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The first lines of a stream: ends behind the given line end. */
final class FirstLines extends FilterInputStream {

  private long linesLeft;

  FirstLines(InputStream in, long lines) {
    super(in);
    linesLeft = lines;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (linesLeft == 0) {
      return -1;
    }
    int count = in.read(target, offset, length);
    for (int i = 0; i < count; i++) {
      if (target[offset + i] == '\n' && --linesLeft == 0) {
        return i + 1;
      }
    }
    return count;
  }
}
