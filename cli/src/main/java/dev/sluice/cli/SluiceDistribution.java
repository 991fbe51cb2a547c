package dev.sluice.cli;

import dev.sluice.cli.enrich.EnrichCommand;
import dev.sluice.cli.explain.ExplainCommand;
import dev.sluice.cli.layer.GeoIpLayerCommand;
import dev.sluice.producers.command.ReplayCommand;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/**
 * The entry point of {@code bin/sluice} in a distribution, which holds neither the demo nor the
 * local stack: DynamoDB Local, a part of both, may not be shipped. Nothing that this class reaches
 * may use {@code dev.sluice.local} or what cli/pom.xml leaves out of the distribution.
 */
public final class SluiceDistribution {

  /** The commands of every ./sluice. */
  static final List<Class<?>> COMMANDS =
      List.of(
          EnrichCommand.class,
          ExplainCommand.class,
          ReplayCommand.class,
          ConsumeCommand.class,
          AuditCommand.class,
          RedriveCommand.class,
          WebCommand.class,
          GeoIpLayerCommand.class);

  private SluiceDistribution() {}

  public static void main(String[] arguments) {
    System.exit(commandLine(arguments).execute(arguments));
  }

  static CommandLine commandLine(String... arguments) {
    var commands = new ArrayList<>(COMMANDS);
    commands.add(CheckoutOnlyCommand.class);
    return SluiceCommand.commandLine(
        commands, "bin/sluice enrich --geoip samples/geo.mmdb samples/access.log.gz", arguments);
  }
}
