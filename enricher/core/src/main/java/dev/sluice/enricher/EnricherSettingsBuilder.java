package dev.sluice.enricher;

import dev.sluice.enricher.format.ParserKind;
import dev.sluice.enricher.geo.AddressRange;
import dev.sluice.enricher.profile.OutputSettings;
import dev.sluice.enricher.profile.Profile;
import dev.sluice.enricher.steps.StepSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Builds {@link EnricherSettings}; everything not given has its default. */
public final class EnricherSettingsBuilder {
  private LogFormat format = BuiltInFormat.AUTO;
  private ParserKind parser = ParserKind.SCANNER;
  private Profile profile = Profile.FLAT;
  private OutputSettings output = OutputSettings.CONTRACT;
  private List<AddressRange> trustedProxies = List.of();
  private Optional<Path> geoIpDatabase = Optional.empty();
  private Optional<Path> uapRegexes = Optional.empty();
  private int maxLineBytes = EnricherSettings.DEFAULT_MAX_LINE_BYTES;
  private int geoCacheEntries = EnricherSettings.DEFAULT_GEO_CACHE_ENTRIES;
  private int userAgentCacheEntries = EnricherSettings.DEFAULT_USER_AGENT_CACHE_ENTRIES;
  private Optional<Path> asnDatabase = Optional.empty();
  private StepSettings steps = StepSettings.OFF;

  public EnricherSettingsBuilder format(LogFormat value) {
    format = value;
    return this;
  }

  public EnricherSettingsBuilder parser(ParserKind value) {
    parser = value;
    return this;
  }

  public EnricherSettingsBuilder profile(Profile value) {
    profile = value;
    return this;
  }

  public EnricherSettingsBuilder output(OutputSettings value) {
    output = value;
    return this;
  }

  public EnricherSettingsBuilder trustedProxies(List<AddressRange> value) {
    trustedProxies = value;
    return this;
  }

  public EnricherSettingsBuilder geoIpDatabase(Optional<Path> value) {
    geoIpDatabase = value;
    return this;
  }

  public EnricherSettingsBuilder uapRegexes(Optional<Path> value) {
    uapRegexes = value;
    return this;
  }

  public EnricherSettingsBuilder maxLineBytes(int value) {
    maxLineBytes = value;
    return this;
  }

  public EnricherSettingsBuilder geoCacheEntries(int value) {
    geoCacheEntries = value;
    return this;
  }

  public EnricherSettingsBuilder userAgentCacheEntries(int value) {
    userAgentCacheEntries = value;
    return this;
  }

  public EnricherSettingsBuilder asnDatabase(Optional<Path> value) {
    asnDatabase = value;
    return this;
  }

  public EnricherSettingsBuilder steps(StepSettings value) {
    steps = value;
    return this;
  }

  public EnricherSettings build() {
    return new EnricherSettings(
        format,
        parser,
        profile,
        output,
        trustedProxies,
        geoIpDatabase,
        uapRegexes,
        maxLineBytes,
        geoCacheEntries,
        userAgentCacheEntries,
        asnDatabase,
        steps);
  }
}
