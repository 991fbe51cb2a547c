package dev.sluice.enricher.gzip;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/** The JDK's stream with a level, which it does not let one choose. */
final class ZlibStream extends GzipStream {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final GZIPOutputStream gzip;

  ZlibStream(OutputStream out, int level) throws IOException {
    gzip =
        new GZIPOutputStream(out, BUFFER_BYTES) {
          {
            def.setLevel(level);
          }
        };
  }

  @Override
  public void write(byte[] text, int offset, int count) throws IOException {
    gzip.write(text, offset, count);
  }

  @Override
  public void finish() throws IOException {
    gzip.finish();
  }

  @Override
  public void close() throws IOException {
    gzip.close();
  }
}
