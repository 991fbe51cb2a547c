package dev.sluice.enricher;

import dev.sluice.enricher.format.ParserKind;
import dev.sluice.enricher.geo.AddressRange;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an {@link Enricher} needs to know.
 *
 * @param parser how fields are found; no answer depends on it
 * @param trustedProxies whose word about the client is taken, for formats with X-Forwarded-For
 * @param geoIpDatabase GeoIP2 City database; without one no line has a place
 * @param uapRegexes a regexes.yaml of ua-parser, instead of the one inside uap-java
 * @param maxLineBytes longest line that is parsed, line end not counted
 * @param geoCacheEntries records of the database whose rendered place is remembered
 * @param userAgentCacheEntries user agents whose classification is remembered
 */
public record EnricherSettings(
    LogFormat format,
    ParserKind parser,
    List<AddressRange> trustedProxies,
    Optional<Path> geoIpDatabase,
    Optional<Path> uapRegexes,
    int maxLineBytes,
    int geoCacheEntries,
    int userAgentCacheEntries) {

  public static final int DEFAULT_MAX_LINE_BYTES = 64 * 1024;
  public static final int DEFAULT_GEO_CACHE_ENTRIES = 100_000;
  public static final int DEFAULT_USER_AGENT_CACHE_ENTRIES = 20_000;

  /** Upper bound of {@code maxLineBytes}: 16 MiB, above the largest Kinesis record. */
  public static final int MAX_LINE_BYTES_LIMIT = 16 * 1024 * 1024;

  /** Upper bound of both caches, in entries. */
  public static final int MAX_CACHE_ENTRIES = 10_000_000;

  public EnricherSettings {
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(parser, "parser");
    trustedProxies = List.copyOf(trustedProxies);
    Objects.requireNonNull(geoIpDatabase, "geoIpDatabase");
    Objects.requireNonNull(uapRegexes, "uapRegexes");
    requireBetween("maxLineBytes", maxLineBytes, MAX_LINE_BYTES_LIMIT);
    requireBetween("geoCacheEntries", geoCacheEntries, MAX_CACHE_ENTRIES);
    requireBetween("userAgentCacheEntries", userAgentCacheEntries, MAX_CACHE_ENTRIES);
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
    return new EnricherSettings(
        format(settings),
        settings.choice("PARSER", ParserKind.class, ParserKind.SCANNER),
        trustedProxies(settings),
        settings.path("GEOIP_CITY_DATABASE"),
        settings.path("UAP_REGEXES"),
        settings.intBetween("MAX_LINE_BYTES", DEFAULT_MAX_LINE_BYTES, 1, MAX_LINE_BYTES_LIMIT),
        settings.intBetween("GEOIP_CACHE_ENTRIES", DEFAULT_GEO_CACHE_ENTRIES, 1, MAX_CACHE_ENTRIES),
        settings.intBetween(
            "USER_AGENT_CACHE_ENTRIES", DEFAULT_USER_AGENT_CACHE_ENTRIES, 1, MAX_CACHE_ENTRIES));
  }

  /** Every key that {@link #from} reads. */
  public static List<SettingKey> keys() {
    return EnricherKeys.ALL;
  }

  private static LogFormat format(Settings settings) {
    try {
      return settings.text("LOG_FORMAT").map(LogFormat::of).orElse(BuiltInFormat.AUTO);
    } catch (InvalidLogFormatException e) {
      settings.problem("LOG_FORMAT", "is wrong: " + e.getMessage());
      return BuiltInFormat.AUTO;
    }
  }

  private static List<AddressRange> trustedProxies(Settings settings) {
    String key = "TRUSTED_PROXIES";
    try {
      return settings.text(key).stream()
          .flatMap(text -> Stream.of(text.split(",")))
          .map(String::strip)
          .map(AddressRange::parse)
          .toList();
    } catch (IllegalArgumentException e) {
      settings.problem(key, "is wrong: " + e.getMessage());
      return List.of();
    }
  }

  public EnricherSettings withFormat(LogFormat newFormat) {
    return new EnricherSettings(
        newFormat,
        parser,
        trustedProxies,
        geoIpDatabase,
        uapRegexes,
        maxLineBytes,
        geoCacheEntries,
        userAgentCacheEntries);
  }

  public EnricherSettings withParser(ParserKind kind) {
    return new EnricherSettings(
        format,
        kind,
        trustedProxies,
        geoIpDatabase,
        uapRegexes,
        maxLineBytes,
        geoCacheEntries,
        userAgentCacheEntries);
  }

  public EnricherSettings withTrustedProxies(List<AddressRange> proxies) {
    return new EnricherSettings(
        format,
        parser,
        proxies,
        geoIpDatabase,
        uapRegexes,
        maxLineBytes,
        geoCacheEntries,
        userAgentCacheEntries);
  }

  public EnricherSettings withGeoIpDatabase(Path database) {
    return new EnricherSettings(
        format,
        parser,
        trustedProxies,
        Optional.of(database),
        uapRegexes,
        maxLineBytes,
        geoCacheEntries,
        userAgentCacheEntries);
  }

  public EnricherSettings withUapRegexes(Path regexes) {
    return new EnricherSettings(
        format,
        parser,
        trustedProxies,
        geoIpDatabase,
        Optional.of(regexes),
        maxLineBytes,
        geoCacheEntries,
        userAgentCacheEntries);
  }

  public EnricherSettings withMaxLineBytes(int bytes) {
    return new EnricherSettings(
        format,
        parser,
        trustedProxies,
        geoIpDatabase,
        uapRegexes,
        bytes,
        geoCacheEntries,
        userAgentCacheEntries);
  }
}
