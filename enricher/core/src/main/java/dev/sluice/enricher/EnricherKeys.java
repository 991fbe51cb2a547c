package dev.sluice.enricher;

import dev.sluice.enricher.profile.OutputSettings;
import dev.sluice.enricher.steps.StepSettings;
import java.util.List;
import java.util.stream.Stream;

/** The table of the enricher's keys; a test holds it equal to what is read. */
final class EnricherKeys {
  private static final List<SettingKey> OWN =
      List.of(
          new SettingKey(
              "LOG_FORMAT",
              "auto",
              "name or format string",
              "Format of the lines: see docs/format.md."),
          new SettingKey(
              "PARSER",
              "scanner",
              "scanner, regex",
              "What parses the built-in formats; both give the same answers, the scanner sooner."),
          new SettingKey("OUTPUT_PROFILE", "flat", "flat", "Shape of the output: docs/format.md."),
          new SettingKey(
              "TRUSTED_PROXIES",
              "",
              "addresses and networks",
              "Proxies whose X-Forwarded-For is believed, separated by commas: docs/format.md."),
          new SettingKey(
              "GEOIP_CITY_DATABASE",
              "",
              "file",
              "GeoIP2 or GeoLite2 City database; without one no line has a place."),
          new SettingKey(
              "GEOIP_ASN_DATABASE",
              "",
              "file",
              "GeoLite2 ASN or GeoIP2 ISP database; with one, lines say whose network it was."),
          new SettingKey(
              "UAP_REGEXES",
              "",
              "file",
              "regexes.yaml of ua-parser, instead of the one inside uap-java."),
          new SettingKey("MAX_LINE_BYTES", "65536", "bytes", "Longest line that is parsed."),
          new SettingKey(
              "GEOIP_CACHE_ENTRIES",
              "100000",
              "records",
              "Records of a GeoIP2 database whose JSON is remembered; many addresses share one."),
          new SettingKey(
              "USER_AGENT_CACHE_ENTRIES",
              "20000",
              "user agents",
              "User agents whose classification is remembered."));

  static final List<SettingKey> ALL =
      Stream.of(OWN, OutputSettings.KEYS, StepSettings.keys()).flatMap(List::stream).toList();

  private EnricherKeys() {}
}
