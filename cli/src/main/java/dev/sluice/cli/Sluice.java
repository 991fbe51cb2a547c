package dev.sluice.cli;

import dev.sluice.cli.demo.DemoCommand;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/**
 * The entry point of {@code ./sluice} in a checkout: the commands of {@link SluiceDistribution},
 * and those which start the local stack. Composition only: each command stands in its own class.
 */
public final class Sluice {
  private static final List<Class<?>> COMMANDS = commands();

  private Sluice() {}

  private static List<Class<?>> commands() {
    var commands = new ArrayList<Class<?>>();
    commands.add(DemoCommand.class);
    commands.addAll(SluiceDistribution.COMMANDS);
    commands.add(LocalAwsCommand.class);
    return List.copyOf(commands);
  }

  public static void main(String[] arguments) {
    System.exit(commandLine(arguments).execute(arguments));
  }

  /** The command line for these arguments, with its rules for errors. */
  static CommandLine commandLine(String... arguments) {
    return SluiceCommand.commandLine(COMMANDS, "./sluice demo", arguments)
        .setExecutionExceptionHandler(
            (failure, failed, parsed) -> LocalFailures.report(failure, failed));
  }

  /** The rules for errors, on any command. */
  public static CommandLine configured(CommandLine command) {
    return SluiceCommand.configured(command);
  }
}
