package dev.sluice.cli.layer;

import dev.sluice.cli.CannotRunException;
import dev.sluice.cli.ExitCode;
import dev.sluice.enricher.DatabaseInUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./sluice geoip-layer}: a Lambda layer that brings GeoIP2 databases. */
@Command(
    name = "geoip-layer",
    description = {
      "Write a Lambda layer with a GeoIP2 database, for the Firehose function: it finds the database",
      "by itself where GEOIP_CITY_DATABASE is not set. Every record of the database is read first."
    },
    footer = {
      "",
      "Example:",
      "  ./sluice geoip-layer --geoip GeoLite2-City.mmdb",
      "  aws lambda publish-layer-version --layer-name geoip --zip-file fileb://geoip-layer.zip",
      "",
      "The same databases give the same bytes. A zip above 50 MB goes through S3 (--content).",
      "Exit code: 0 written; 1 a database cannot be used, nothing written; 2 bad usage."
    })
public final class GeoIpLayerCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--geoip",
      paramLabel = "FILE",
      required = true,
      description = "GeoIP2 or GeoLite2 City database.")
  private Path city;

  @Option(
      names = "--asn",
      paramLabel = "FILE",
      description = "GeoLite2 ASN or GeoIP2 ISP database.")
  private Path asn;

  @Option(
      names = "--output",
      paramLabel = "ZIP",
      defaultValue = "geoip-layer.zip",
      description = "Where the layer goes (default: ${DEFAULT-VALUE}).")
  private Path output;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @Override
  public Integer call() {
    try {
      for (DatabaseInUse database : new LayerZip(city, Optional.ofNullable(asn)).write(output)) {
        spec.commandLine().getOut().println(database.file() + ": of " + database.buildTime());
      }
      spec.commandLine()
          .getOut()
          .println(String.format(Locale.ROOT, "%s: %,d bytes", output, Files.size(output)));
      return ExitCode.OK;
    } catch (IOException failure) {
      throw new CannotRunException("cannot write " + output + ": " + failure, failure);
    }
  }
}
