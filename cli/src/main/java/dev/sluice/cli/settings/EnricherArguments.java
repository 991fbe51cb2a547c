package dev.sluice.cli.settings;

import dev.sluice.enricher.EnricherSettings;
import dev.sluice.enricher.InvalidSettingsException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/**
 * Options of every command that runs the enricher. A key of docs/settings.md can be set in a file,
 * by {@code --set} and, if it is an everyday one, by an option of its own; the option beats {@code
 * --set}, and that beats the file.
 */
public final class EnricherArguments {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Properties file with the keys of docs/settings.md; those of the consumer may stand in"
              + " it too.")
  private Path config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Set one of these keys, also against --config. Can be repeated.")
  private List<String> assignments = List.of();

  @Option(
      names = "--format",
      paramLabel = "F",
      description =
          "auto (default; decides line by line), common, combined, nginx, vhost_combined,"
              + " combinedio, or a LogFormat string of Apache (LOG_FORMAT).")
  private String format;

  @Option(
      names = "--parser",
      paramLabel = "P",
      description = "scanner (default) or regex: the same answers, the scanner sooner (PARSER).")
  private String parser;

  @Option(
      names = "--profile",
      paramLabel = "P",
      description = "Shape of the output: flat (default) or ecs; docs/format.md (OUTPUT_PROFILE).")
  private String profile;

  @Option(
      names = "--geoip",
      paramLabel = "FILE",
      description = "GeoIP2 or GeoLite2 City database (GEOIP_CITY_DATABASE).")
  private String geoip;

  @Option(
      names = "--asn",
      paramLabel = "FILE",
      description = "GeoIP2 or GeoLite2 ASN database (GEOIP_ASN_DATABASE).")
  private String asn;

  @Option(
      names = "--uap-regexes",
      paramLabel = "FILE",
      description = "regexes.yaml of ua-parser, instead of the built-in one (UAP_REGEXES).")
  private String uapRegexes;

  /**
   * What all of them say together.
   *
   * @throws InvalidSettingsException with every problem, each naming its key and its place
   */
  public EnricherSettings settings() {
    var keys = new GivenKeys();
    if (config != null) {
      keys.addFile(config);
    }
    assignments.forEach(keys::addAssignment);
    keys.addOption("--format", "LOG_FORMAT", format);
    keys.addOption("--parser", "PARSER", parser);
    keys.addOption("--profile", "OUTPUT_PROFILE", profile);
    keys.addOption("--geoip", "GEOIP_CITY_DATABASE", geoip);
    keys.addOption("--asn", "GEOIP_ASN_DATABASE", asn);
    keys.addOption("--uap-regexes", "UAP_REGEXES", uapRegexes);
    return keys.settings();
  }
}
