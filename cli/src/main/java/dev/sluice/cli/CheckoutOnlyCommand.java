package dev.sluice.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Says in a distribution where the commands are that it has not, whatever their options. */
@Command(name = "demo", aliases = "local-aws", hidden = true)
final class CheckoutOnlyCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Unmatched private List<String> options = new ArrayList<>();

  @Override
  public Integer call() {
    spec.commandLine()
        .getErr()
        .println(
            "sluice: demo and local-aws run from a checkout of the sources: DynamoDB Local, which"
                + " they start, may not be shipped");
    return ExitCode.USAGE;
  }
}
