package dev.sluice.producers.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code replay}: parent of what can be replayed; useless without a subcommand. */
@Command(
    name = "replay",
    description = "Replays recorded data into a Kinesis stream.",
    subcommands = {ReplayLogsCommand.class, ReplayTweetsCommand.class})
public final class ReplayCommand {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.")
  private boolean help;
}
