package dev.sluice.enricher;

import dev.sluice.enricher.format.Field;
import dev.sluice.enricher.format.ParserKind;
import dev.sluice.enricher.geo.AddressRange;
import dev.sluice.enricher.profile.OutputSettings;
import dev.sluice.enricher.profile.Profile;
import dev.sluice.enricher.steps.StepSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an {@link Enricher} needs to know.
 *
 * @param parser how fields are found; no answer depends on it
 * @param profile shape of the output
 * @param output what is written beyond, or less than, the profile's contract
 * @param trustedProxies whose word about the client is taken, for formats with X-Forwarded-For
 * @param geoIpDatabase GeoIP2 City database; without one no line has a place
 * @param uapRegexes a regexes.yaml of ua-parser, instead of the one inside uap-java
 * @param maxLineBytes longest line that is parsed, line end not counted
 * @param geoCacheEntries records of the database whose rendered place is remembered
 * @param userAgentCacheEntries user agents whose classification is remembered
 * @param asnDatabase GeoLite2 ASN or GeoIP2 ISP database; without one no line has a network
 * @param steps what else a line goes through; nothing by default
 */
public record EnricherSettings(
    LogFormat format,
    ParserKind parser,
    Profile profile,
    OutputSettings output,
    List<AddressRange> trustedProxies,
    Optional<Path> geoIpDatabase,
    Optional<Path> uapRegexes,
    int maxLineBytes,
    int geoCacheEntries,
    int userAgentCacheEntries,
    Optional<Path> asnDatabase,
    StepSettings steps) {

  public static final int DEFAULT_MAX_LINE_BYTES = 64 * 1024;
  public static final int DEFAULT_GEO_CACHE_ENTRIES = 100_000;
  public static final int DEFAULT_USER_AGENT_CACHE_ENTRIES = 20_000;

  /** Upper bound of {@code maxLineBytes}: 16 MiB, above the largest Kinesis record. */
  public static final int MAX_LINE_BYTES_LIMIT = 16 * 1024 * 1024;

  /** Upper bound of both caches, in entries. */
  public static final int MAX_CACHE_ENTRIES = 10_000_000;

  private static final String PROXIES_KEY = "TRUSTED_PROXIES";

  public EnricherSettings {
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(parser, "parser");
    Objects.requireNonNull(profile, "profile");
    Objects.requireNonNull(output, "output");
    trustedProxies = List.copyOf(trustedProxies);
    Objects.requireNonNull(geoIpDatabase, "geoIpDatabase");
    Objects.requireNonNull(uapRegexes, "uapRegexes");
    requireBetween("maxLineBytes", maxLineBytes, MAX_LINE_BYTES_LIMIT);
    requireBetween("geoCacheEntries", geoCacheEntries, MAX_CACHE_ENTRIES);
    requireBetween("userAgentCacheEntries", userAgentCacheEntries, MAX_CACHE_ENTRIES);
    Objects.requireNonNull(asnDatabase, "asnDatabase");
    Objects.requireNonNull(steps, "steps");
  }

  private static void requireBetween(String name, int value, int max) {
    if (value < 1 || value > max) {
      throw new IllegalArgumentException(name + " is " + value + ", not from 1 to " + max);
    }
  }

  public static EnricherSettings defaults() {
    return from(new Settings(key -> null));
  }

  /** Reads the keys of the enricher; problems stay in {@code settings}. */
  public static EnricherSettings from(Settings settings) {
    Optional<LogFormat> known = format(settings);
    LogFormat format = known.orElse(BuiltInFormat.AUTO);
    List<AddressRange> proxies = trustedProxies(settings);
    if (!proxies.isEmpty() && known.isPresent() && !logsForwardedFor(format)) {
      settings.problem(
          PROXIES_KEY,
          "is set, but LOG_FORMAT has no %{X-Forwarded-For}i: nobody could say who the client is");
    }
    Profile profile = settings.choice("OUTPUT_PROFILE", Profile.class, Profile.FLAT);
    OutputSettings output = OutputSettings.from(settings);
    output.reportMisfits(profile, format, settings);
    return new EnricherSettingsBuilder()
        .format(format)
        .parser(settings.choice("PARSER", ParserKind.class, ParserKind.SCANNER))
        .profile(profile)
        .output(output)
        .trustedProxies(proxies)
        .geoIpDatabase(settings.path("GEOIP_CITY_DATABASE"))
        .uapRegexes(settings.path("UAP_REGEXES"))
        .maxLineBytes(
            settings.intBetween("MAX_LINE_BYTES", DEFAULT_MAX_LINE_BYTES, 1, MAX_LINE_BYTES_LIMIT))
        .geoCacheEntries(
            settings.intBetween(
                "GEOIP_CACHE_ENTRIES", DEFAULT_GEO_CACHE_ENTRIES, 1, MAX_CACHE_ENTRIES))
        .userAgentCacheEntries(
            settings.intBetween(
                "USER_AGENT_CACHE_ENTRIES", DEFAULT_USER_AGENT_CACHE_ENTRIES, 1, MAX_CACHE_ENTRIES))
        .asnDatabase(settings.path("GEOIP_ASN_DATABASE"))
        .steps(StepSettings.from(settings))
        .build();
  }

  /** Every key that {@link #from} reads. */
  public static List<SettingKey> keys() {
    return EnricherKeys.ALL;
  }

  /** Empty when it is wrong. */
  private static Optional<LogFormat> format(Settings settings) {
    Optional<String> text = settings.text("LOG_FORMAT");
    if (text.isEmpty()) {
      return Optional.of(BuiltInFormat.AUTO);
    }
    try {
      return Optional.of(LogFormat.of(text.get()));
    } catch (InvalidLogFormatException e) {
      settings.problem("LOG_FORMAT", "is wrong: " + e.getMessage());
      return Optional.empty();
    }
  }

  private static boolean logsForwardedFor(LogFormat format) {
    return format instanceof CustomFormat custom
        && custom.layout().fields().contains(Field.FORWARDED_FOR);
  }

  private static List<AddressRange> trustedProxies(Settings settings) {
    Optional<String> text = settings.text(PROXIES_KEY);
    if (text.isEmpty()) {
      return List.of();
    }
    try {
      return Stream.of(text.get().split(",")).map(String::strip).map(AddressRange::parse).toList();
    } catch (IllegalArgumentException e) {
      settings.problem(PROXIES_KEY, "is wrong: " + e.getMessage());
      return List.of();
    }
  }

  public EnricherSettings withFormat(LogFormat newFormat) {
    return toBuilder().format(newFormat).build();
  }

  public EnricherSettings withParser(ParserKind kind) {
    return toBuilder().parser(kind).build();
  }

  public EnricherSettings withTrustedProxies(List<AddressRange> proxies) {
    return toBuilder().trustedProxies(proxies).build();
  }

  public EnricherSettings withGeoIpDatabase(Path database) {
    return toBuilder().geoIpDatabase(Optional.of(database)).build();
  }

  public EnricherSettings withUapRegexes(Path regexes) {
    return toBuilder().uapRegexes(Optional.of(regexes)).build();
  }

  public EnricherSettings withMaxLineBytes(int bytes) {
    return toBuilder().maxLineBytes(bytes).build();
  }

  /**
   * Whether what is said of a line depends on the lines before it. Then one line enricher must take
   * all lines of an input, in their order; splitting them over threads changes warnings.
   */
  public boolean ordered() {
    return steps.ordered();
  }

  /** A builder that starts from these settings. */
  public EnricherSettingsBuilder toBuilder() {
    return new EnricherSettingsBuilder()
        .format(format)
        .parser(parser)
        .profile(profile)
        .output(output)
        .trustedProxies(trustedProxies)
        .geoIpDatabase(geoIpDatabase)
        .uapRegexes(uapRegexes)
        .maxLineBytes(maxLineBytes)
        .geoCacheEntries(geoCacheEntries)
        .userAgentCacheEntries(userAgentCacheEntries)
        .asnDatabase(asnDatabase)
        .steps(steps);
  }
}
