package dev.sluice.cli.explain;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.cli.ExitCode;
import dev.sluice.cli.InputFiles;
import dev.sluice.cli.settings.EnricherArguments;
import dev.sluice.enricher.Enricher;
import dev.sluice.enricher.EnricherSettings;
import dev.sluice.enricher.Explanation;
import dev.sluice.producers.LineReader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./sluice explain}: what becomes of one line, and why. */
@Command(
    name = "explain",
    description = "Tell what each stage sees in one line and decides about it.",
    footer = {
      "",
      "Examples:",
      "  ./sluice explain '203.0.113.42 - - [28/Oct/2025:10:15:30 +0000] \"GET / HTTP/1.1\" 200 5'",
      "  grep -m1 product access.log | ./sluice explain --geoip samples/geo.mmdb -",
      "",
      "Exit code: 0 the line has an outcome, whatever it is; 1 cannot run; 2 bad usage."
    })
public final class ExplainCommand implements Callable<Integer> {
  private final InputStream standardInput;

  @Spec private CommandSpec spec;

  @Mixin private EnricherArguments arguments;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @Parameters(
      paramLabel = "LINE|-",
      description = "The line; - is the first line of standard input, byte for byte.")
  private String line;

  public ExplainCommand() {
    this(System.in);
  }

  /** The same with another standard input, for tests. */
  ExplainCommand(InputStream standardInput) {
    this.standardInput = standardInput;
  }

  @Override
  public Integer call() throws IOException {
    EnricherSettings settings = arguments.settings();
    LineReader reader = read(settings.maxLineBytes());
    int length = (int) Math.min(reader.textLength(), settings.maxLineBytes() + 1L);
    PrintWriter out = spec.commandLine().getOut();
    try (var enricher = Enricher.open(settings, new SimpleMeterRegistry())) {
      Explanation explanation = enricher.newLineExplainer().explain(reader.bytes(), 0, length);
      new ExplanationText(settings, explanation, reader.bytes(), length)
          .lines()
          .forEach(out::println);
    }
    out.flush();
    return ExitCode.OK;
  }

  /** Stands at the one line. */
  private LineReader read(int maxLineBytes) throws IOException {
    boolean given = !line.equals(InputFiles.STANDARD_INPUT);
    if (given && line.indexOf('\n') >= 0) {
      throw new ParameterException(spec.commandLine(), "LINE holds a line feed: it is several");
    }
    // an empty argument is an empty line, which without its end would be none
    var source = given ? new ByteArrayInputStream((line + "\n").getBytes(UTF_8)) : standardInput;
    var reader = new LineReader(source, maxLineBytes);
    if (!reader.next()) {
      throw new ParameterException(spec.commandLine(), "standard input holds no line");
    }
    return reader;
  }
}
