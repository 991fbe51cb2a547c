package dev.sluice.cli.enrich;

import dev.sluice.cli.ExitCode;
import dev.sluice.cli.InputFiles;
import dev.sluice.cli.settings.EnricherArguments;
import dev.sluice.enricher.Enricher;
import dev.sluice.enricher.EnricherSettings;
import dev.sluice.enricher.OutcomeCounts;
import dev.sluice.producers.command.TerminalLine;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./sluice enrich}: log files to JSON lines, without any stream. */
@Command(
    name = "enrich",
    description = "Enrich log lines: files or standard input to JSON lines on standard output.",
    footer = {
      "",
      "Examples:",
      "  ./sluice enrich --geoip samples/geo.mmdb --rejects rejects.json samples/access.log.gz",
      "  zcat -f access.log* | ./sluice enrich --format combined --set MAX_LINE_BYTES=8192 -",
      "",
      "Exit code: 0 every line had its outcome; 1 an input could not be read; 2 bad usage."
    })
public final class EnrichCommand implements Callable<Integer> {
  /** More threads than any machine has use for. */
  private static final int MAX_THREADS = 256;

  private final InputStream standardInput;
  private final OutputStream standardOutput;

  @Spec private CommandSpec spec;

  @Mixin private EnricherArguments arguments;

  @Option(
      names = "--rejects",
      paramLabel = "FILE",
      description = "Where to write rejected lines, as JSON lines with reason and offset.")
  private Path rejects;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that enrich (default: one for each processor). Same output for any N.")
  private Integer threads;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @Parameters(
      paramLabel = "FILE|-",
      arity = "0..*",
      description = "Logs, plain, gzip or zstd; - or none is standard input.")
  private List<String> files = List.of();

  public EnrichCommand() {
    // A channel writes a large array at once from a buffer that it keeps.
    this(
        System.in, Channels.newOutputStream(new FileOutputStream(FileDescriptor.out).getChannel()));
  }

  /** The same with other streams, for tests. */
  EnrichCommand(InputStream standardInput, OutputStream standardOutput) {
    this.standardInput = standardInput;
    this.standardOutput = standardOutput;
  }

  @Override
  public Integer call() {
    EnricherSettings settings = arguments.settings();
    // Warnings that depend on the lines before want one thread: EnricherSettings.ordered
    int workers = settings.ordered() ? 1 : threads();
    List<InputFile> inputs = inputs();
    long started = System.nanoTime();
    try (var enricher = Enricher.open(settings, new SimpleMeterRegistry());
        var delivery =
            Delivery.open(
                standardOutput, rejects, TerminalLine.ifTerminal(spec.commandLine().getErr()))) {
      run(enricher, settings, workers, delivery.wantsRejects(), inputs.size() > 1)
          .run(inputs, delivery);
      delivery.finish();
      summarise(delivery.counts().build(), System.nanoTime() - started);
      List<String> unreadable = delivery.unreadable();
      unreadable.forEach(line -> err("sluice enrich: " + line));
      return unreadable.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  private static EnrichRun run(
      Enricher enricher,
      EnricherSettings settings,
      int threads,
      boolean wantsRejects,
      boolean namesFiles) {
    int maxLineBytes = settings.maxLineBytes();
    Supplier<LineOutcomes> newOutcomes =
        () ->
            new LineOutcomes(
                enricher.newLineEnricher(),
                wantsRejects ? new RejectDocument(namesFiles, maxLineBytes) : null,
                maxLineBytes);
    return threads == 1
        ? new LineByLineRun(newOutcomes.get(), maxLineBytes)
        : new ChunkedRun(newOutcomes, threads, maxLineBytes);
  }

  private int threads() {
    if (threads == null) {
      return Math.min(Runtime.getRuntime().availableProcessors(), MAX_THREADS);
    }
    if (threads < 1 || threads > MAX_THREADS) {
      throw new ParameterException(
          spec.commandLine(), "--threads is " + threads + ", not from 1 to " + MAX_THREADS);
    }
    return threads;
  }

  private List<InputFile> inputs() {
    List<String> names = files.isEmpty() ? List.of(InputFiles.STANDARD_INPUT) : files;
    for (String name : names) {
      if (!name.equals(InputFiles.STANDARD_INPUT)) {
        InputFiles.require(spec.commandLine(), name);
      }
    }
    return names.stream().map(name -> new InputFile(name, standardInput)).toList();
  }

  private void summarise(OutcomeCounts counts, long nanos) {
    err(
        String.format(
            Locale.ROOT,
            "%,d in = %,d enriched (%,d of them with warnings) + %,d dropped + %,d rejected;"
                + " %.1f s, %,.0f lines/s",
            counts.in(),
            counts.enriched() + counts.enrichedWithWarnings(),
            counts.enrichedWithWarnings(),
            counts.dropped(),
            counts.rejected(),
            nanos / 1e9,
            counts.in() / Math.max(nanos / 1e9, 1e-9)));
    counts
        .rejectedByReason()
        .forEach((reason, count) -> err(String.format(Locale.ROOT, "  %s %,d", reason, count)));
  }

  private void err(String line) {
    spec.commandLine().getErr().println(line);
  }
}
