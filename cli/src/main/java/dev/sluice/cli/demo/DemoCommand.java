package dev.sluice.cli.demo;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.sluice.cli.InputFiles;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./sluice demo}: the main job on this machine, from the replayed log to JSON in S3. */
@Command(
    name = "demo",
    description = {
      "Run the whole pipeline on this machine: replay a log into Kinesis, enrich it with a",
      "fan-out consumer, write JSON to S3, read it back and check the books. No AWS account."
    },
    footer = {
      "",
      "Examples:",
      "  ./sluice demo",
      "  ./sluice demo --input /var/log/apache2/access.log --geoip GeoLite2-City.mmdb",
      "",
      "Exit code: 0 every line is in S3 exactly once; 1 it is not, or something cannot run;",
      "2 bad usage."
    })
public final class DemoCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--input",
      paramLabel = "FILE",
      description = "Log to replay, plain, gzip or zstd (default: samples/access.log.gz).")
  private String input;

  @Option(
      names = "--geoip",
      paramLabel = "FILE",
      description = "GeoIP2 or GeoLite2 City database (default: samples/geo.mmdb).")
  private String geoip;

  @Option(
      names = "--lines",
      paramLabel = "N",
      description = "Replay the first N lines only (default: all).")
  private Long lines;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @Override
  public Integer call() throws Exception {
    if (lines != null && lines < 1) {
      throw new ParameterException(spec.commandLine(), "--lines is " + lines + ", not 1 or more");
    }
    quietLogs();
    Path samples = Path.of(System.getProperty("sluice.home", ".")).resolve("samples");
    return new Demo(
            file(input, samples.resolve("access.log.gz")),
            file(geoip, samples.resolve("geo.mmdb")),
            lines == null ? Long.MAX_VALUE : lines,
            spec.commandLine().getOut(),
            spec.commandLine().getErr())
        .run();
  }

  /** The demo tells the story itself; warnings still show. */
  private static void quietLogs() {
    if (LoggerFactory.getLogger("dev.sluice") instanceof Logger ours) {
      ours.setLevel(Level.WARN);
    }
  }

  private Path file(String named, Path otherwise) {
    return InputFiles.require(spec.commandLine(), named == null ? otherwise.toString() : named);
  }
}
