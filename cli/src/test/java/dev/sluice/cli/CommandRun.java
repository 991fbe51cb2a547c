package dev.sluice.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;

/** One command run in this process: its exit code and what it said. */
public record CommandRun(int exitCode, String out, String err) {

  /** Runs {@code ./sluice} with these arguments. */
  public static CommandRun of(String... arguments) {
    return of(Sluice.commandLine(arguments), arguments);
  }

  /** Runs a command made by {@link Sluice#configured}. */
  public static CommandRun of(CommandLine command, String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    int exitCode = command.execute(arguments);
    return new CommandRun(exitCode, out.toString(), err.toString());
  }

  public List<String> errLines() {
    return err.lines().toList();
  }
}
