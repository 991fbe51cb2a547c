package dev.sluice.consumer.tiles;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/** Writes gzip by a level that is chosen, which the JDK's own stream does not let one do. */
public final class GzipLevelStream extends GZIPOutputStream {

  /**
   * Writes the header.
   *
   * @param bufferBytes bytes of {@code out} written at a time
   * @param level 1, fast, to 9, small
   */
  public GzipLevelStream(OutputStream out, int bufferBytes, int level) throws IOException {
    super(out, bufferBytes);
    def.setLevel(level);
  }
}
