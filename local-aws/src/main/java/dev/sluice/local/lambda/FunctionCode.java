package dev.sluice.local.lambda;

import dev.sluice.local.LocalAwsException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The unpacked code of a function, as Lambda puts it into the task root. */
final class FunctionCode {

  /** Lambda quota: 250 MB unzipped, as its error message has it. */
  static final long UNZIPPED_BYTES_MAX = 262_144_000;

  private static final int BUFFER_BYTES = 64 << 10;

  private FunctionCode() {}

  /**
   * The task root: the given folder itself, or the zip unpacked into the other one.
   *
   * @throws LocalAwsException when there is no such package, or it is none
   */
  static Path taskRoot(Path code, Path unpackInto) {
    if (Files.isDirectory(code)) {
      return code.toAbsolutePath().normalize();
    }
    try (InputStream file = Files.newInputStream(code);
        var zip = new ZipInputStream(file)) {
      int entries = unpack(zip, unpackInto);
      if (entries == 0) {
        throw new LocalAwsException(code + " is no zip of a function, or an empty one", null);
      }
      return unpackInto;
    } catch (IOException unreadable) {
      throw new LocalAwsException(
          "The function's package cannot be unpacked: " + unreadable, unreadable);
    }
  }

  private static int unpack(ZipInputStream zip, Path folder) throws IOException {
    var buffer = new byte[BUFFER_BYTES];
    long total = 0;
    int entries = 0;
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      Path target = folder.resolve(entry.getName()).normalize();
      if (!target.startsWith(folder)) {
        throw new IOException("an entry leads out of the package: " + entry.getName());
      }
      entries++;
      if (entry.isDirectory()) {
        Files.createDirectories(target);
        continue;
      }
      Files.createDirectories(target.getParent());
      try (var out = Files.newOutputStream(target)) {
        for (int read = zip.read(buffer); read >= 0; read = zip.read(buffer)) {
          total += read;
          if (total > UNZIPPED_BYTES_MAX) {
            throw new IOException(
                "Unzipped size must be smaller than " + UNZIPPED_BYTES_MAX + " bytes");
          }
          out.write(buffer, 0, read);
        }
      }
    }
    return entries;
  }
}
