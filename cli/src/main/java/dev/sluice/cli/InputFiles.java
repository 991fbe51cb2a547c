package dev.sluice.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Checks of files named on the command line, before anything is done: wrong usage, exit 2. */
public final class InputFiles {

  /** Names standard input. */
  public static final String STANDARD_INPUT = "-";

  private InputFiles() {}

  /**
   * The file as a path.
   *
   * @throws ParameterException if it does not exist or cannot be read
   */
  public static Path require(CommandLine command, String file) {
    Path path;
    try {
      path = Path.of(file);
    } catch (InvalidPathException wrong) {
      throw new ParameterException(command, "not a file name: " + file);
    }
    if (!Files.exists(path)) {
      throw new ParameterException(command, "no such file: " + file);
    }
    if (Files.isDirectory(path)) {
      throw new ParameterException(command, "is a directory: " + file);
    }
    if (!Files.isReadable(path)) {
      throw new ParameterException(command, "not readable: " + file);
    }
    return path;
  }
}
