package dev.sluice.cli;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What stands in front of every command: help, the version and the rules for errors. */
@Command(name = "sluice", versionProvider = SluiceVersion.class)
final class SluiceCommand implements Runnable {

  private static final String PURPOSE =
      "Streaming log enrichment: raw web-server log lines in, enriched JSON out.";

  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version.")
  private boolean version;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Name a command");
  }

  /**
   * The command line for these arguments, with its rules for errors. When the first of them names a
   * command, the others are left out: reading their options takes longer than reading a small log.
   *
   * @param start what the help says to start with
   */
  static CommandLine commandLine(List<Class<?>> commands, String start, String... arguments) {
    var sluice = new CommandLine(new SluiceCommand());
    sluice.getCommandSpec().usageMessage().description(PURPOSE, "Start with: " + start);
    String first = arguments.length == 0 ? "" : arguments[0];
    boolean named = commands.stream().anyMatch(type -> name(type).equals(first));
    commands.stream()
        .filter(type -> !named || name(type).equals(first))
        .forEach(sluice::addSubcommand);
    return configured(sluice);
  }

  private static String name(Class<?> command) {
    return command.getAnnotation(Command.class).name();
  }

  /** The rules for errors, on any command. */
  static CommandLine configured(CommandLine command) {
    return command
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(SluiceCommand::wrongUsage)
        .setExecutionExceptionHandler(
            (failure, failed, parsed) -> Failures.report(failure, failed));
  }

  private static int wrongUsage(ParameterException wrong, String[] arguments) {
    CommandLine command = wrong.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    PrintWriter err = command.getErr();
    err.println(name + ": " + firstLine(wrong.getMessage()) + " (see './" + name + " --help')");
    return ExitCode.USAGE;
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse(text);
  }
}
