package dev.sluice.cli;

import dev.sluice.enricher.Enricher;
import dev.sluice.enricher.EnricherSettings;
import dev.sluice.enricher.InvalidLogFormatException;
import dev.sluice.enricher.LogFormat;
import dev.sluice.enricher.OutcomeCounts;
import dev.sluice.enricher.format.ParserKind;
import dev.sluice.producers.ReplayInput;
import dev.sluice.producers.command.TerminalLine;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code ./sluice enrich}: log files to JSON lines, without any stream. */
@Command(
    name = "enrich",
    description = "Enrich log lines: files or standard input to JSON lines on standard output.",
    footer = {
      "",
      "Example:",
      "  ./sluice enrich --geoip samples/geo.mmdb --rejects rejects.json samples/access.log.gz",
      "",
      "Exit code: 0 every line had its outcome; 1 an input could not be read; 2 bad usage."
    })
final class EnrichCommand implements Callable<Integer> {

  private static final int OUTPUT_BUFFER_BYTES = 256 * 1024;

  private final InputStream standardInput;
  private final OutputStream standardOutput;

  /** Tells the place of a mistake in a format string. */
  static final class LogFormatConverter implements ITypeConverter<LogFormat> {
    @Override
    public LogFormat convert(String text) {
      try {
        return LogFormat.of(text);
      } catch (InvalidLogFormatException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /** How the lines come out. */
  enum Profile {
    FLAT
  }

  @Spec private CommandSpec spec;

  @Option(
      names = "--format",
      paramLabel = "F",
      defaultValue = "auto",
      converter = LogFormatConverter.class,
      description =
          "auto (default; decides line by line), common, combined, nginx, vhost_combined,"
              + " combinedio, or a LogFormat string of Apache.")
  private LogFormat format;

  @Option(
      names = "--parser",
      paramLabel = "P",
      defaultValue = "scanner",
      description = "scanner (default) or regex: the same answers, the scanner sooner.")
  private ParserKind parser;

  @Option(
      names = "--profile",
      paramLabel = "P",
      defaultValue = "flat",
      description = "Shape of the output: flat (default).")
  private Profile profile;

  @Option(names = "--geoip", paramLabel = "FILE", description = "GeoIP2 or GeoLite2 City database.")
  private String geoip;

  @Option(
      names = "--uap-regexes",
      paramLabel = "FILE",
      description = "regexes.yaml of ua-parser, instead of the built-in one.")
  private String uapRegexes;

  @Option(
      names = "--rejects",
      paramLabel = "FILE",
      description = "Where to write rejected lines, as JSON lines with reason and offset.")
  private Path rejects;

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

  EnrichCommand() {
    this(System.in, new FileOutputStream(FileDescriptor.out));
  }

  EnrichCommand(InputStream standardInput, OutputStream standardOutput) {
    this.standardInput = standardInput;
    this.standardOutput = standardOutput;
  }

  @Override
  public Integer call() throws IOException {
    List<String> inputs = files.isEmpty() ? List.of(InputFiles.STANDARD_INPUT) : files;
    for (String file : inputs) {
      if (!file.equals(InputFiles.STANDARD_INPUT)) {
        InputFiles.require(spec.commandLine(), file);
      }
    }
    EnricherSettings settings = settings();
    var unreadable = new ArrayList<String>();
    long started = System.nanoTime();
    OutcomeCounts counts;
    try (var enricher = Enricher.open(settings, new SimpleMeterRegistry());
        var rejected = RejectFile.open(rejects, inputs.size() > 1);
        var out = new BufferedOutputStream(standardOutput, OUTPUT_BUFFER_BYTES);
        var progress = TerminalLine.ifTerminal(spec.commandLine().getErr())) {
      var run = new EnrichRun(enricher, settings.maxLineBytes(), out, rejected, progress);
      for (String file : inputs) {
        try (ReplayInput input = open(file)) {
          run.enrich(file, input);
        } catch (EnrichRun.UnreadableInputException broken) {
          unreadable.add(broken.getMessage());
        }
      }
      flush(out);
      counts = run.counts();
    }
    summarise(counts, System.nanoTime() - started);
    unreadable.forEach(line -> err("sluice enrich: " + line));
    return unreadable.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
  }

  private EnricherSettings settings() {
    var settings = EnricherSettings.defaults().withFormat(format).withParser(parser);
    if (geoip != null) {
      settings = settings.withGeoIpDatabase(InputFiles.require(spec.commandLine(), geoip));
    }
    if (uapRegexes != null) {
      settings = settings.withUapRegexes(InputFiles.require(spec.commandLine(), uapRegexes));
    }
    return settings;
  }

  private ReplayInput open(String file) throws EnrichRun.UnreadableInputException {
    try {
      return file.equals(InputFiles.STANDARD_INPUT)
          ? ReplayInput.of(standardInput)
          : ReplayInput.open(Path.of(file));
    } catch (IOException e) {
      throw new EnrichRun.UnreadableInputException(file, 0, e);
    }
  }

  private static void flush(OutputStream out) {
    try {
      out.flush();
    } catch (IOException e) {
      throw new CannotRunException("cannot write to standard output: " + e.getMessage(), e);
    }
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

  /** Writes rejected lines, or nothing where no file was named. */
  static final class RejectFile implements AutoCloseable {
    private final RejectDocument document;
    private final OutputStream out;
    private final boolean namesFiles;

    private RejectFile(OutputStream out, boolean namesFiles) {
      this.out = out;
      this.namesFiles = namesFiles;
      document = new RejectDocument();
    }

    static RejectFile open(Path file, boolean namesFiles) {
      if (file == null) {
        return new RejectFile(null, namesFiles);
      }
      try {
        var out = new BufferedOutputStream(Files.newOutputStream(file), OUTPUT_BUFFER_BYTES);
        return new RejectFile(out, namesFiles);
      } catch (IOException e) {
        throw new CannotRunException("cannot write rejects to " + file + ": " + e.getMessage(), e);
      }
    }

    void add(RejectDocument.Reject reject, String file) throws IOException {
      if (out != null) {
        document.write(reject, namesFiles ? file : null, out);
      }
    }

    @Override
    public void close() throws IOException {
      if (out != null) {
        out.close();
      }
    }
  }
}
