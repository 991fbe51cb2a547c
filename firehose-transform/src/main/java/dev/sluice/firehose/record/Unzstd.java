package dev.sluice.firehose.record;

import dev.sluice.enricher.OutputBuffer;
import io.airlift.compress.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Unpacks Zstandard data (RFC 8878) that lies in memory, up to a bound. */
final class Unzstd {
  private static final int PIECE_BYTES = 16 * 1024;

  private Unzstd() {}

  /** Whether data begins with the magic number of a frame. */
  static boolean isZstd(byte[] data, int from, int to) {
    return to - from >= 4
        && data[from] == 0x28
        && data[from + 1] == (byte) 0xb5
        && data[from + 2] == 0x2f
        && data[from + 3] == (byte) 0xfd;
  }

  /** Appends the unpacked bytes, {@code maxBytes} of them or fewer; null when all went well. */
  static FailureReason expand(byte[] packed, int from, int to, int maxBytes, OutputBuffer out) {
    try (var in = new ZstdInputStream(new ByteArrayInputStream(packed, from, to - from))) {
      while (true) {
        int room = Math.min(PIECE_BYTES, maxBytes + 1 - out.length());
        int read = in.read(out.room(room), out.length(), room);
        if (read < 0) {
          return null;
        }
        out.length(out.length() + read);
        if (out.length() > maxBytes) {
          return FailureReason.EXPANDED_TOO_LARGE;
        }
      }
    } catch (IOException | RuntimeException damaged) { // the library throws both for damage
      return FailureReason.DAMAGED_COMPRESSION;
    }
  }
}
