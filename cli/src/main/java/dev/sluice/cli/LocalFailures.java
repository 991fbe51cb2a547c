package dev.sluice.cli;

import dev.sluice.local.LocalAwsException;
import picocli.CommandLine;

/** {@link Failures} of commands that start the local stack. */
final class LocalFailures {

  private LocalFailures() {}

  static int report(Exception failure, CommandLine command) {
    return Failures.report(
        failure instanceof LocalAwsException
            ? new CannotRunException(failure.getMessage())
            : failure,
        command);
  }
}
