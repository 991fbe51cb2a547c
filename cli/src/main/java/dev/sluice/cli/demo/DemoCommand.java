package dev.sluice.cli.demo;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.sluice.cli.InputFiles;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
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
      "fan-out consumer, write JSON to S3, read it back and check the books. No AWS account.",
      "With --firehose, Firehose reads the stream instead, and its function enriches.",
      "With --all everything runs on one stack, one line for each thing that is proved: both ways,",
      "alerts, metrics and two stages of enrichment beside each other, and the functions behind",
      "a table's stream and a queue.",
      "With --keep the pipeline goes on until Ctrl-C or SIGTERM, and the pages are served: uploads,",
      "processed files and the live pipeline."
    },
    footer = {
      "",
      "Examples:",
      "  ./sluice demo",
      "  ./sluice demo --input /var/log/apache2/access.log --geoip GeoLite2-City.mmdb",
      "  ./sluice demo --firehose",
      "  ./sluice demo --all",
      "  ./sluice demo --keep --port 8080",
      "",
      "Exit code: 0 every line is where it belongs, and the books balance; 1 they do not, or",
      "something cannot run; 2 bad usage."
    })
public final class DemoCommand implements Callable<Integer> {

  private static final String DEFAULT_FUNCTION = "firehose-transform/target/firehose-transform.zip";

  private static final int LARGEST_PORT = 65_535;

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
      names = "--firehose",
      description = "Take the Firehose path: the packaged function under AWS's runtime client.")
  private boolean firehose;

  @Option(
      names = "--all",
      description = "Run all parts, one after the other; takes a minute or two.")
  private boolean all;

  @Option(
      names = "--keep",
      description = "Stay up, replay the log again and again, and serve the pages.")
  private boolean keep;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port of the pages on 127.0.0.1, with --keep (default: a free one).")
  private Integer port;

  @Option(
      names = "--function",
      paramLabel = "PACKAGE",
      description =
          "Package of the function, a zip or a folder (default:"
              + " firehose-transform/target/firehose-transform.zip).")
  private String function;

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
    if (function != null && !firehose && !all) {
      throw new ParameterException(spec.commandLine(), "--function goes with --firehose or --all");
    }
    if (keep && (firehose || all || lines != null)) {
      throw new ParameterException(
          spec.commandLine(), "--keep goes without --firehose, --all and --lines");
    }
    if (port != null && (!keep || port < 0 || port > LARGEST_PORT)) {
      throw new ParameterException(
          spec.commandLine(), "--port is a port from 0 to " + LARGEST_PORT + ", with --keep");
    }
    if (firehose && all) {
      throw new ParameterException(spec.commandLine(), "--all includes --firehose");
    }
    quietLogs();
    Path home = Path.of(System.getProperty("sluice.home", "."));
    Path samples = home.resolve("samples");
    var demoInput =
        new DemoInput(
            file(input, samples.resolve("access.log.gz")),
            file(geoip, samples.resolve("geo.mmdb")).toAbsolutePath(),
            lines == null ? Long.MAX_VALUE : lines);
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    if (keep) {
      return new KeptDemo(demoInput, new PackagedFunctions(home), port == null ? 0 : port, out)
          .run();
    }
    if (!firehose && !all) {
      return new Demo(demoInput, out, err).run();
    }
    var firehosePart =
        new FirehoseDemo(demoInput, FirehoseDemo.function(functionPackage(home)), out, err);
    return firehose
        ? firehosePart.run()
        : new AllDemo(parts(demoInput, firehosePart, home), out, err).run();
  }

  /** What {@code --all} runs, in this order. */
  private List<DemoPart> parts(DemoInput demoInput, FirehoseDemo firehosePart, Path home) {
    var functions = new PackagedFunctions(home);
    PrintWriter err = spec.commandLine().getErr();
    return List.of(
        new Demo(demoInput, spec.commandLine().getOut(), err),
        firehosePart,
        new PipelineDemo(demoInput, err, InstantSource.system()),
        new FunctionDemo(demoInput, functions),
        new TweetsDemo(functions),
        new WindowsDemo(functions),
        new RegistrationsDemo(functions),
        new FilesDemo(demoInput, functions));
  }

  private Path functionPackage(Path home) {
    Path file = function == null ? home.resolve(DEFAULT_FUNCTION) : Path.of(function);
    if (!Files.exists(file)) {
      throw new ParameterException(
          spec.commandLine(),
          "no such package of a function: "
              + file
              + (function == null
                  ? "; build it with mvn -pl firehose-transform -am package -DskipTests"
                  : ""));
    }
    return file;
  }

  /** The demo tells the story itself; warnings still show, but not of a database that it ends. */
  private static void quietLogs() {
    if (LoggerFactory.getLogger("ch.vorburger") instanceof Logger database) {
      database.setLevel(Level.OFF);
    }
    if (LoggerFactory.getLogger("dev.sluice") instanceof Logger ours) {
      ours.setLevel(Level.WARN);
    }
  }

  private Path file(String named, Path otherwise) {
    return InputFiles.require(spec.commandLine(), named == null ? otherwise.toString() : named);
  }
}
