package dev.sluice.cli;

import dev.sluice.cli.demo.DemoCommand;
import dev.sluice.cli.enrich.EnrichCommand;
import dev.sluice.cli.explain.ExplainCommand;
import dev.sluice.cli.layer.GeoIpLayerCommand;
import dev.sluice.producers.command.ReplayCommand;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The entry point of {@code ./sluice}. Composition only: each command stands in its own class. */
@Command(
    name = "sluice",
    description = {
      "Streaming log enrichment: raw web-server log lines in, enriched JSON out.",
      "Start with: ./sluice demo"
    })
public final class Sluice implements Runnable {
  private static final List<Class<?>> COMMANDS =
      List.of(
          DemoCommand.class,
          EnrichCommand.class,
          ExplainCommand.class,
          ReplayCommand.class,
          ConsumeCommand.class,
          AuditCommand.class,
          RedriveCommand.class,
          WebCommand.class,
          GeoIpLayerCommand.class,
          LocalAwsCommand.class);

  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Name a command");
  }

  public static void main(String[] arguments) {
    System.exit(commandLine(arguments).execute(arguments));
  }

  /**
   * The command line for these arguments, with its rules for errors. When the first of them names a
   * command, the others are left out: reading their options takes longer than reading a small log.
   */
  static CommandLine commandLine(String... arguments) {
    var sluice = new CommandLine(new Sluice());
    String first = arguments.length == 0 ? "" : arguments[0];
    boolean named = COMMANDS.stream().anyMatch(type -> name(type).equals(first));
    COMMANDS.stream()
        .filter(type -> !named || name(type).equals(first))
        .forEach(sluice::addSubcommand);
    return configured(sluice);
  }

  private static String name(Class<?> command) {
    return command.getAnnotation(Command.class).name();
  }

  /** The rules for errors, on any command. */
  public static CommandLine configured(CommandLine command) {
    return command
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Sluice::wrongUsage)
        .setExecutionExceptionHandler(Failures::report);
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
