package dev.sluice.producers.command;

import dev.sluice.producers.LogReplay;
import dev.sluice.producers.ReplayClient;
import dev.sluice.producers.ReplayOptions;
import dev.sluice.producers.ReplayResult;
import dev.sluice.producers.ReplayStoppedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * A file or standard input into a stream, one line a record; what a line is makes the difference
 * between the commands.
 */
abstract class ReplayFileCommand implements Callable<Integer> {
  private static final String STANDARD_INPUT = "-";

  private final Supplier<KinesisClient> clients;
  private final InputStream standardInput;
  private final UnaryOperator<String> environment;
  private final LogReplay replay;
  private final ReplayKind kind;

  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.")
  private boolean help;

  @Mixin private ReplayArguments arguments;

  @Option(
      names = "--progress",
      negatable = true,
      description = "Shows a progress bar; by default on a terminal only.")
  private Boolean progress;

  @Parameters(
      paramLabel = "FILE|-",
      description = "File of lines, plain, gzip or zstd; - is standard input.")
  private String file;

  ReplayFileCommand(ReplayKind kind) {
    this(kind, ReplayClient::open, System.in, System::getenv, LogReplay.inRealTime());
  }

  ReplayFileCommand(
      ReplayKind kind,
      Supplier<KinesisClient> clients,
      InputStream standardInput,
      UnaryOperator<String> environment,
      LogReplay replay) {
    this.kind = kind;
    this.clients = clients;
    this.standardInput = standardInput;
    this.environment = environment;
    this.replay = replay;
  }

  @Override
  public Integer call() {
    ReplayOptions options = options();
    Path input = input();
    PrintWriter err = spec.commandLine().getErr();
    if (input == null && options.passes() > 1) {
      throw usage("standard input cannot be replayed more than once");
    }
    try (var stop = StopSignal.listen()) {
      return replay(input, options, stop, err);
    }
  }

  private int replay(Path input, ReplayOptions options, StopSignal stop, PrintWriter err) {
    ReplayResult result;
    String error = null;
    try (TerminalLine terminal = terminal(err);
        KinesisClient client = clients.get()) {
      var listener = new ProgressBar(terminal, stop);
      result =
          input == null
              ? replay.replay(standardInput, options, client, listener)
              : replay.replay(input, options, client, listener);
    } catch (ReplayStoppedException stopped) {
      result = stopped.result();
      error = describe(stopped);
    } catch (SdkClientException noClient) {
      return fail("cannot call AWS: " + ReplayClient.describe(noClient));
    } catch (IOException unreadable) {
      return fail("cannot read " + file + ": " + unreadable.getMessage());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return fail("interrupted");
    }
    if (error == null || result.sent() > 0) {
      new ReplaySummary(err).print(result, options);
    }
    if (error != null) {
      return fail(error);
    }
    return result.refused() == 0 ? 0 : 1;
  }

  private ReplayOptions options() {
    try {
      return arguments.toOptions(kind);
    } catch (IllegalArgumentException wrong) {
      throw usage(wrong.getMessage());
    }
  }

  /** The file to read; null for standard input. */
  private Path input() {
    if (file.equals(STANDARD_INPUT)) {
      return null;
    }
    Path path;
    try {
      path = Path.of(file);
    } catch (InvalidPathException wrong) {
      throw usage("not a file name: " + file);
    }
    if (!Files.exists(path)) {
      throw usage("no such file: " + file);
    }
    if (Files.isDirectory(path)) {
      throw usage("is a directory: " + file);
    }
    if (!Files.isReadable(path)) {
      throw usage("not readable: " + file);
    }
    return path;
  }

  private ParameterException usage(String problem) {
    return new ParameterException(spec.commandLine(), problem);
  }

  private TerminalLine terminal(PrintWriter err) {
    return progress == null
        ? TerminalLine.ifTerminal(err)
        : TerminalLine.to(progress ? err : null, InstantSource.system());
  }

  /** The message, and the endpoint where one is set: it may be the wrong one. */
  private String describe(ReplayStoppedException stopped) {
    if (stopped.reason() == ReplayStoppedException.Reason.INPUT_UNREADABLE) {
      return stopped.getMessage();
    }
    for (String name : new String[] {"AWS_ENDPOINT_URL_KINESIS", "AWS_ENDPOINT_URL"}) {
      String endpoint = environment.apply(name);
      if (endpoint != null) {
        return stopped.getMessage() + " [" + name + "=" + endpoint + "]";
      }
    }
    return stopped.getMessage();
  }

  private int fail(String error) {
    spec.commandLine().getErr().println("replay " + kind.name() + ": " + error);
    return 1;
  }
}
