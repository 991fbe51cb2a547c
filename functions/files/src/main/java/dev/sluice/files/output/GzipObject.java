package dev.sluice.files.output;

import java.io.IOException;
import java.util.zip.GZIPOutputStream;

/** Lines as a gzip object. Not thread-safe. */
public final class GzipObject implements AutoCloseable {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final ObjectWriter object;
  private final Leveled gzip;

  /**
   * @param level 1, fast, to 9, small
   */
  public GzipObject(ObjectWriter object, int level) throws IOException {
    this.object = object;
    gzip = new Leveled(object, level);
  }

  /** The JDK's stream, with a level that is chosen. */
  private static final class Leveled extends GZIPOutputStream {
    Leveled(ObjectWriter object, int level) throws IOException {
      super(object, BUFFER_BYTES);
      def.setLevel(level);
    }
  }

  /** Takes the first {@code length} bytes. */
  public void write(byte[] bytes, int length) throws IOException {
    gzip.write(bytes, 0, length);
  }

  /** Puts the object. */
  public void finish() throws IOException {
    gzip.finish();
    object.finish();
  }

  /** Gives the object up, unless it is there, and the memory of the compressor in any case. */
  @Override
  public void close() throws IOException {
    object.close();
    gzip.close();
  }
}
