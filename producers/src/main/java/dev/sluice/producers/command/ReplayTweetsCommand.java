package dev.sluice.producers.command;

import dev.sluice.producers.LogReplay;
import java.io.InputStream;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** {@code replay tweets}: a file of tweets or standard input into a stream, one line a record. */
@Command(
    name = "tweets",
    description = {
      "Replays tweets into a Kinesis stream: one line of JSON, of Twitter's API v1.1 or v2,"
          + " becomes one record.",
      "Region, credentials and endpoint are those of the AWS SDK (AWS_REGION, AWS_PROFILE,"
          + " AWS_ENDPOINT_URL_KINESIS, ...)."
    },
    footer = {
      "",
      "Examples:",
      "  sluice replay tweets --stream tweets --rate 50/s tweets.jsonl",
      "  sluice replay tweets --stream tweets --speed 10 --resume tweets.offset tweets.jsonl.gz",
      "",
      "Exit code: 0 all lines stored; 1 not all stored, or lines refused as too long; 2 bad usage."
    })
public final class ReplayTweetsCommand extends ReplayFileCommand {

  public ReplayTweetsCommand() {
    super(ReplayKind.tweets());
  }

  ReplayTweetsCommand(
      Supplier<KinesisClient> clients,
      InputStream standardInput,
      UnaryOperator<String> environment,
      LogReplay replay) {
    super(ReplayKind.tweets(), clients, standardInput, environment, replay);
  }
}
