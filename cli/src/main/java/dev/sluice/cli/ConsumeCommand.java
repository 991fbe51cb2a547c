package dev.sluice.cli;

import dev.sluice.consumer.ConsumerMain;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./sluice consume}: the consumer as a process, configured by its environment. */
@Command(
    name = "consume",
    description = {
      "Consume a Kinesis stream: enrich it into S3, each record exactly once, or into other sinks.",
      "Settings come from the environment; docs/settings.md lists them."
    },
    footer = {
      "",
      "Example:",
      "  STREAM_NAME=access-log APPLICATION_NAME=enrich OUTPUT_BUCKET=logs \\",
      "    GEOIP_CITY_DATABASE=samples/geo.mmdb ./sluice consume",
      "",
      "MODE=alerts sends alerts to SNS instead, MODE=metrics counts by minute to CloudWatch,",
      "each under an APPLICATION_NAME of its own; SINKS=kinesis,stdout names other sinks.",
      "",
      "Exit code: 0 stopped by SIGINT or SIGTERM in order; 1 cannot run, or gave up;",
      "2 wrong settings."
    })
final class ConsumeCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    return ConsumerMain.run(
        System::getenv, problem -> err.println(spec.qualifiedName() + ": " + problem));
  }
}
