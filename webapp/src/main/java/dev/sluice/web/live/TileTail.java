package dev.sluice.web.live;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** The last lines of a gzipped object, in bounded memory and after bounded reading. */
final class TileTail {

  /** Compressed bytes that are read; a tile of the default size has far fewer. */
  static final long MAX_COMPRESSED_BYTES = 8L << 20;

  /** Unpacked bytes that are read. */
  static final long MAX_BYTES = 64L << 20;

  /** Unpacked bytes that are kept. */
  static final int KEPT_BYTES = 256 << 10;

  private static final int BUFFER_BYTES = 32 << 10;

  private TileTail() {}

  /**
   * Whole lines at the end of what was read, the last one last; an object that is cut or longer
   * than the bounds gives the last ones before that.
   */
  static List<String> lines(InputStream gzipped) throws IOException {
    byte[] kept = new byte[KEPT_BYTES];
    long total = 0;
    try (var in = new GZIPInputStream(gzipped, BUFFER_BYTES)) {
      byte[] buffer = new byte[BUFFER_BYTES];
      int read;
      while (total < MAX_BYTES && (read = in.read(buffer)) >= 0) {
        for (int i = 0; i < read; i++) {
          kept[(int) ((total + i) % KEPT_BYTES)] = buffer[i];
        }
        total += read;
      }
    } catch (EOFException | ZipException cut) {
      // What came before it is whole.
    }
    return wholeLines(inOrder(kept, total), total > KEPT_BYTES);
  }

  private static String inOrder(byte[] kept, long total) {
    if (total <= KEPT_BYTES) {
      return new String(kept, 0, (int) total, StandardCharsets.UTF_8);
    }
    int start = (int) (total % KEPT_BYTES);
    byte[] ordered = new byte[KEPT_BYTES];
    System.arraycopy(kept, start, ordered, 0, KEPT_BYTES - start);
    System.arraycopy(kept, 0, ordered, KEPT_BYTES - start, start);
    return new String(ordered, StandardCharsets.UTF_8);
  }

  private static List<String> wholeLines(String text, boolean beginsWithin) {
    int from = beginsWithin ? text.indexOf('\n') + 1 : 0;
    int to = text.lastIndexOf('\n');
    return to <= from ? List.of() : text.substring(from, to).lines().toList();
  }
}
