package dev.sluice.consumer.model;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Reads small gzipped objects of lines. Keeps its memory; for one thread at a time. */
final class Unzip {
  private static final int HEADER_BYTES = 10; // GZIPOutputStream writes no optional fields
  private static final int MAX_BYTES = 256 * 1024;

  private final Inflater inflater = new Inflater(true);
  private final byte[] buffer = new byte[MAX_BYTES];

  /**
   * The lines of the object, without their ends.
   *
   * @throws IllegalArgumentException if it is not gzip, or too large
   */
  List<String> lines(byte[] gzip) {
    inflater.reset();
    inflater.setInput(gzip, HEADER_BYTES, gzip.length - HEADER_BYTES);
    try {
      int length = inflater.inflate(buffer);
      if (!inflater.finished()) {
        throw new IllegalArgumentException("broken or too large");
      }
      return new String(buffer, 0, length, StandardCharsets.UTF_8).lines().toList();
    } catch (DataFormatException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
