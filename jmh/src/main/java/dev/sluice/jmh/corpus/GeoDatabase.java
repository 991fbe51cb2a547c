package dev.sluice.jmh.corpus;

import dev.sluice.jmh.process.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The City database of full size, 52 MB, that all benchmarks look addresses up in. */
public final class GeoDatabase {
  private static final String FILE = "geo-full.mmdb";

  private GeoDatabase() {}

  /** The file, made within some ten seconds when it is not there yet. */
  public static Path file() {
    Path file = WorkDirectory.path().resolve(FILE);
    if (Files.exists(file)) {
      return file;
    }
    try {
      Files.createDirectories(file.getParent());
      Path own = Files.createTempFile(file.getParent(), "geo", ".mmdb"); // two may make it at once
      ChildProcess.java("dev.sluice.samples.WriteSamples", "--full-size", own.toString()).run();
      return Files.move(own, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
