package dev.sluice.cli;

import picocli.CommandLine;

/** The command line with all of its commands, for tests of other packages. */
public final class AllCommands {
  private AllCommands() {}

  public static CommandLine commandLine() {
    return Sluice.commandLine();
  }
}
