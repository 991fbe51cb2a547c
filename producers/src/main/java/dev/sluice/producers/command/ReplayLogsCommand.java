package dev.sluice.producers.command;

import dev.sluice.producers.LogReplay;
import java.io.InputStream;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** {@code replay logs}: a log file or standard input into a stream, one line a record. */
@Command(
    name = "logs",
    description = {
      "Replays a log into a Kinesis stream: one line becomes one record.",
      "Region, credentials and endpoint are those of the AWS SDK (AWS_REGION, AWS_PROFILE,"
          + " AWS_ENDPOINT_URL_KINESIS, ...)."
    },
    footer = {
      "",
      "Examples:",
      "  sluice replay logs --stream access-logs --rate 500/s samples/access.log.gz",
      "  sluice replay logs --stream access-logs --speed 60 --loop samples/access.log.gz",
      "  sluice replay logs --stream access-logs --resume access.offset samples/access.log.gz",
      "",
      "Exit code: 0 all lines stored; 1 not all stored, or lines refused as too long; 2 bad usage."
    })
public final class ReplayLogsCommand extends ReplayFileCommand {

  public ReplayLogsCommand() {
    super(ReplayKind.logs());
  }

  ReplayLogsCommand(
      Supplier<KinesisClient> clients,
      InputStream standardInput,
      UnaryOperator<String> environment,
      LogReplay replay) {
    super(ReplayKind.logs(), clients, standardInput, environment, replay);
  }
}
