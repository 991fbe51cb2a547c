package dev.sluice.cli;

import dev.sluice.consumer.CannotStartException;
import dev.sluice.enricher.InvalidSettingsException;
import dev.sluice.enricher.UnusableDatabaseException;
import dev.sluice.web.CannotServeException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;

/** What a failed command says and how it ends: a line for a person, never a stack trace. */
final class Failures {

  private Failures() {}

  static int report(Exception failure, CommandLine command) {
    String name = command.getCommandSpec().qualifiedName();
    PrintWriter err = command.getErr();
    if (failure instanceof InvalidSettingsException invalid) {
      invalid.problems().forEach(problem -> err.println(name + ": " + problem));
      return ExitCode.USAGE;
    }
    err.println(name + ": " + message(failure));
    return ExitCode.FAILED;
  }

  private static String message(Exception failure) {
    if (failure instanceof CannotRunException
        || failure instanceof UnusableDatabaseException
        || failure instanceof CannotStartException
        || failure instanceof CannotServeException) {
      return failure.getMessage();
    }
    if (failure instanceof UncheckedIOException io) {
      return message(io.getCause());
    }
    if (failure instanceof NoSuchFileException missing) {
      return "no such file: " + missing.getFile();
    }
    String text = failure.getMessage();
    return failure.getClass().getSimpleName() + (text == null ? "" : ": " + text);
  }
}
