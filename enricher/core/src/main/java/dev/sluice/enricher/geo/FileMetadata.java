package dev.sluice.enricher.geo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * What a MaxMind DB file says of itself, as far as it is needed to read it.
 *
 * @param nodeCount nodes of the search tree, 1 to 2^32 - 1
 * @param recordBits size of half a node: 24, 28 or 32
 * @param ipVersion 4 or 6
 * @param databaseType such as {@code GeoLite2-City}
 * @param buildTime when the file was made
 * @param start where the section starts in the file, its mark included
 * @see <a href="https://maxmind.github.io/MaxMind-DB/">MaxMind DB File Format, "Database
 *     Metadata"</a>
 */
record FileMetadata(
    long nodeCount,
    int recordBits,
    int ipVersion,
    String databaseType,
    Instant buildTime,
    int start) {
  /** The section with its mark is at the end, and not longer than this. */
  private static final int MAX_BYTES = 128 * 1024;

  private static final byte[] MARK =
      "\u00AB\u00CD\u00EFMaxMind.com".getBytes(StandardCharsets.ISO_8859_1);

  private static final byte[][] KEYS =
      ValueReader.keys(
          "node_count",
          "record_size",
          "ip_version",
          "database_type",
          "build_epoch",
          "binary_format_major_version");

  private static final int FORMAT_VERSION = 2;

  /**
   * Reads the section.
   *
   * @throws IOException if there is none, or it has not all that is needed
   */
  static FileMetadata read(ByteBuffer file) throws IOException {
    int start = find(file);
    int first = start + MARK.length;
    var in = new ValueReader(file.slice(first, file.limit() - first));
    long[] numbers = {-1, -1, -1, -1, -1, -1};
    String type = null;
    in.start(0);
    in.enterMap();
    for (int left = in.entries(); left > 0; left--) {
      int key = in.key(KEYS);
      switch (key) {
        case -1 -> in.skip();
        case 3 -> type = in.text();
        default -> numbers[key] = in.whole();
      }
    }
    return of(numbers, type, start);
  }

  private static FileMetadata of(long[] numbers, String type, int start) throws IOException {
    if (numbers[5] != FORMAT_VERSION) {
      throw new IOException("its format has version " + numbers[5]);
    }
    if (numbers[0] < 1 || numbers[0] > 0xFFFF_FFFFL) {
      throw new IOException("its search tree has " + numbers[0] + " nodes");
    }
    if (numbers[1] != 24 && numbers[1] != 28 && numbers[1] != 32) {
      throw new IOException("its record size is " + numbers[1]);
    }
    if (numbers[2] != 4 && numbers[2] != 6) {
      throw new IOException("its addresses are of version " + numbers[2]);
    }
    return new FileMetadata(
        numbers[0], (int) numbers[1], (int) numbers[2], type, buildTime(numbers[4]), start);
  }

  private static Instant buildTime(long epochSeconds) throws IOException {
    if (epochSeconds < 0) {
      throw new IOException("it does not say when it was made");
    }
    try {
      Instant time = Instant.ofEpochSecond(epochSeconds);
      time.toEpochMilli(); // so that nobody who asks for its age meets a number too large
      return time;
    } catch (DateTimeException | ArithmeticException e) {
      throw new IOException("it was made " + epochSeconds + " seconds after 1970", e);
    }
  }

  /** The last mark decides. */
  private static int find(ByteBuffer file) throws IOException {
    int last = file.limit() - MARK.length;
    for (int i = last; i >= 0 && i >= file.limit() - MAX_BYTES; i--) {
      int matching = 0;
      while (matching < MARK.length && file.get(i + matching) == MARK[matching]) {
        matching++;
      }
      if (matching == MARK.length) {
        return i;
      }
    }
    throw new IOException("it has no metadata of a MaxMind database");
  }
}
