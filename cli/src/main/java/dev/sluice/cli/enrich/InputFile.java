package dev.sluice.cli.enrich;

import dev.sluice.cli.InputFiles;
import dev.sluice.producers.ReplayInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * One input named on the command line.
 *
 * @param name a file, or {@code -} for standard input
 */
record InputFile(String name, InputStream standardInput) {

  boolean isStandardInput() {
    return name.equals(InputFiles.STANDARD_INPUT);
  }

  /** Opens it; reading decompresses. */
  ReplayInput open() throws IOException {
    return isStandardInput() ? ReplayInput.of(standardInput) : ReplayInput.open(Path.of(name));
  }

  /** What to tell when reading broke off after {@code line} lines. */
  String unreadable(long line, IOException cause) {
    return "cannot read "
        + (isStandardInput() ? "standard input" : name)
        + (line > 0 ? " after line " + line : "")
        + ": "
        + (cause instanceof NoSuchFileException ? "no such file any more" : cause.getMessage());
  }
}
