package dev.sluice.system;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.PrimitiveIterator;
import java.util.stream.LongStream;

/**
 * Ids, one a line, for {@code diff} and for whoever wants to compare.
 *
 * @param sha256 of the file, in hexadecimal digits
 */
record IdFile(Path file, String sha256) {

  /**
   * @param ids ascending
   */
  static IdFile write(Path file, LongStream ids) {
    try {
      MessageDigest hash = MessageDigest.getInstance("SHA-256");
      Files.createDirectories(file.getParent());
      try (OutputStream out =
          new BufferedOutputStream(new DigestOutputStream(Files.newOutputStream(file), hash))) {
        for (PrimitiveIterator.OfLong each = ids.iterator(); each.hasNext(); ) {
          out.write((each.nextLong() + "\n").getBytes(StandardCharsets.US_ASCII));
        }
      }
      return new IdFile(file, HexFormat.of().formatHex(hash.digest()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JVM has it
    }
  }
}
