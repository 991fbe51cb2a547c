package dev.sluice.files.output;

import dev.sluice.enricher.gzip.GzipStream;
import java.io.IOException;

/** Lines as a gzip object. Not thread-safe. */
public final class GzipObject implements AutoCloseable {
  private final ObjectWriter object;
  private final GzipStream gzip;

  /**
   * @param level 1, fast, to 9, small
   */
  public GzipObject(ObjectWriter object, int level) throws IOException {
    this.object = object;
    gzip = GzipStream.of(object, level);
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
