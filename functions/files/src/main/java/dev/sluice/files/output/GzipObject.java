package dev.sluice.files.output;

import dev.sluice.enricher.gzip.TextGzip;
import dev.sluice.enricher.gzip.TextGzipStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/** Lines as a gzip object. Not thread-safe. */
public final class GzipObject implements AutoCloseable {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final ObjectWriter object;
  private final TextGzipStream fastest; // null with another level
  private final Leveled leveled; // null with the fastest

  /**
   * @param level 1, fast, to 9, small
   */
  public GzipObject(ObjectWriter object, int level) throws IOException {
    this.object = object;
    fastest = level == TextGzip.LEVEL ? new TextGzipStream(object) : null;
    leveled = level == TextGzip.LEVEL ? null : new Leveled(object, level);
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
    OutputStream gzip = fastest != null ? fastest : leveled;
    gzip.write(bytes, 0, length);
  }

  /** Puts the object. */
  public void finish() throws IOException {
    if (fastest != null) {
      fastest.finish();
    } else {
      leveled.finish();
    }
    object.finish();
  }

  /** Gives the object up, unless it is there, and the memory of zlib in any case. */
  @Override
  public void close() throws IOException {
    object.close();
    if (leveled != null) {
      leveled.close();
    }
  }
}
