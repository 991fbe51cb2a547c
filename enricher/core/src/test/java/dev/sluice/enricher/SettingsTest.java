package dev.sluice.enricher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.enricher.format.ParserKind;
import dev.sluice.enricher.geo.AddressRange;
import dev.sluice.enricher.profile.OutputSettings;
import dev.sluice.enricher.profile.Profile;
import dev.sluice.enricher.steps.StepSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  enum Position {
    LATEST,
    TRIM_HORIZON
  }

  private static Settings of(String key, String value) {
    return new Settings(Map.of(key, value)::get);
  }

  @Test
  void answersDefaultsWhenNothingIsSet() {
    var settings = new Settings(key -> null);
    assertThat(settings.text("A")).isEmpty();
    assertThat(settings.text("A", "b")).isEqualTo("b");
    assertThat(settings.path("A")).isEmpty();
    assertThat(settings.positiveInt("A", 7)).isEqualTo(7);
    assertThat(settings.longBetween("A", 7L, 0, 9)).isEqualTo(7);
    assertThat(settings.flag("A", true)).isTrue();
    assertThat(settings.duration("A", Duration.ofSeconds(3))).isEqualTo(Duration.ofSeconds(3));
    assertThat(settings.choice("A", Position.class, Position.LATEST)).isEqualTo(Position.LATEST);
    assertThat(settings.zone("A", ZoneOffset.UTC)).isEqualTo(ZoneOffset.UTC);
    assertThatCode(settings::throwIfInvalid).doesNotThrowAnyException();
  }

  @Test
  void takesABlankValueForNotSetAndStripsTheOthers() {
    assertThat(of("A", "  ").text("A")).isEmpty();
    assertThat(of("A", " b ").text("A")).contains("b");
    assertThat(of("A", " 12 ").positiveInt("A", 1)).isEqualTo(12);
  }

  @Test
  void readsEveryType() {
    assertThat(of("A", "/x/y").path("A")).contains(Path.of("/x/y"));
    assertThat(of("A", "false").flag("A", true)).isFalse();
    assertThat(of("A", "TRUE").flag("A", false)).isTrue();
    assertThat(of("A", "trim-horizon").choice("A", Position.class, Position.LATEST))
        .isEqualTo(Position.TRIM_HORIZON);
    assertThat(of("A", "Europe/Paris").zone("A", ZoneOffset.UTC))
        .isEqualTo(ZoneId.of("Europe/Paris"));
  }

  @ParameterizedTest
  @CsvSource({"500ms,PT0.5S", "10s,PT10S", "2m,PT2M", "1h,PT1H", "1d,PT24H", "PT1M30S,PT1M30S"})
  void readsDurations(String text, Duration expected) {
    assertThat(of("A", text).duration("A", Duration.ofDays(9))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"10", "0s", "-PT1S", "1w", "s", "1.5s", "9999999999s"})
  void refusesWhatIsNoDurationAboveZero(String text) {
    var settings = of("A", text);
    assertThat(settings.duration("A", Duration.ofDays(9))).isEqualTo(Duration.ofDays(9));
    assertThatThrownBy(settings::throwIfInvalid)
        .hasMessage(
            "A is \""
                + text
                + "\", expected a duration above zero such as 500ms, 10s, 2m or"
                + " PT1M30S");
  }

  @Test
  void reportsAllProblemsTogetherInTheOrderOfReading() {
    var values =
        Map.of("N", "12k", "BIG", "11", "F", "yes", "P", "latest!", "Z", "Mars", "FILE", "a\0b");
    var settings = new Settings(values::get);
    assertThat(settings.required("STREAM_NAME")).isEmpty();
    assertThat(settings.positiveInt("N", 5)).isEqualTo(5);
    assertThat(settings.intBetween("BIG", 5, 1, 10)).isEqualTo(5);
    assertThat(settings.flag("F", true)).isTrue();
    assertThat(settings.choice("P", Position.class, Position.LATEST)).isEqualTo(Position.LATEST);
    assertThat(settings.zone("Z", ZoneOffset.UTC)).isEqualTo(ZoneOffset.UTC);
    assertThat(settings.path("FILE")).isEmpty();
    settings.problem("N", "must be below BIG");
    assertThatThrownBy(settings::throwIfInvalid)
        .isInstanceOfSatisfying(
            InvalidSettingsException.class,
            e ->
                assertThat(e.problems())
                    .containsExactly(
                        "STREAM_NAME is not set",
                        "N is \"12k\", expected a whole number from 1 to 2147483647",
                        "BIG is \"11\", expected a whole number from 1 to 10",
                        "F is \"yes\", expected true or false",
                        "P is \"latest!\", expected one of latest, trim-horizon",
                        "Z is \"Mars\", expected a time zone such as UTC or Europe/Paris",
                        "FILE is \"a\0b\", expected a file name",
                        "N must be below BIG"))
        .hasMessageStartingWith("STREAM_NAME is not set; N is \"12k\"");
  }

  @Test
  void enricherHasItsDocumentedDefaults() {
    assertThat(EnricherSettings.defaults())
        .isEqualTo(
            new EnricherSettings(
                BuiltInFormat.AUTO,
                ParserKind.SCANNER,
                Profile.FLAT,
                OutputSettings.CONTRACT,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                65_536,
                100_000,
                20_000,
                Optional.empty(),
                StepSettings.OFF));
  }

  @Test
  void enricherReadsEveryKey() {
    var values = new HashMap<String, String>();
    values.put("LOG_FORMAT", "%a %>s %{X-Forwarded-For}i");
    values.put("PARSER", "regex");
    values.put("TRUSTED_PROXIES", "10.0.0.0/8, ::1");
    values.put("GEOIP_CITY_DATABASE", "city.mmdb");
    values.put("GEOIP_ASN_DATABASE", "asn.mmdb");
    values.put("UAP_REGEXES", "regexes.yaml");
    values.put("MAX_LINE_BYTES", "1000");
    values.put("GEOIP_CACHE_ENTRIES", "1001");
    values.put("USER_AGENT_CACHE_ENTRIES", "1002");
    assertThat(EnricherSettings.from(new Settings(values::get)))
        .isEqualTo(
            new EnricherSettings(
                LogFormat.of("%a %>s %{X-Forwarded-For}i"),
                ParserKind.REGEX,
                Profile.FLAT,
                OutputSettings.CONTRACT,
                List.of(AddressRange.parse("10.0.0.0/8"), AddressRange.parse("::1/128")),
                Optional.of(Path.of("city.mmdb")),
                Optional.of(Path.of("regexes.yaml")),
                1000,
                1001,
                1002,
                Optional.of(Path.of("asn.mmdb")),
                StepSettings.OFF));
  }

  @Test
  void enricherNamesThePlaceOfAMistakeInAFormatOrAnAddressRange() {
    var values = Map.of("LOG_FORMAT", "%h %y", "TRUSTED_PROXIES", "10.0.0.0/8, 10.0.0.1/8");
    var settings = new Settings(values::get);
    EnricherSettings.from(settings);
    assertThatThrownBy(settings::throwIfInvalid)
        .hasMessage(
            "LOG_FORMAT is wrong: character 4 of the LogFormat string: %y is no directive of httpd;"
                + " TRUSTED_PROXIES is wrong: \"10.0.0.1/8\" is an address inside its range, not"
                + " the first of it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "combined", "flat", "%h %l %u %t \"%r\" %>s %b \"%{X-Real-IP}i\""})
  void proxiesAreNoUseWithoutTheirHeader(String format) {
    var values = Map.of("LOG_FORMAT", format, "TRUSTED_PROXIES", "10.0.0.0/8");
    var settings = new Settings(values::get);
    EnricherSettings.from(settings);
    assertThatThrownBy(settings::throwIfInvalid)
        .hasMessage(
            "TRUSTED_PROXIES is set, but LOG_FORMAT has no %{X-Forwarded-For}i: nobody could say"
                + " who the client is");
  }

  @Test
  void enricherSettingsChangeOneValueAtATime() {
    EnricherSettings defaults = EnricherSettings.defaults();
    assertThat(
            defaults
                .withFormat(BuiltInFormat.COMMON)
                .withParser(ParserKind.REGEX)
                .withTrustedProxies(List.of(AddressRange.parse("10.0.0.1")))
                .withGeoIpDatabase(Path.of("a"))
                .withUapRegexes(Path.of("b"))
                .withMaxLineBytes(9))
        .isEqualTo(
            new EnricherSettings(
                BuiltInFormat.COMMON,
                ParserKind.REGEX,
                Profile.FLAT,
                OutputSettings.CONTRACT,
                List.of(AddressRange.parse("10.0.0.1/32")),
                Optional.of(Path.of("a")),
                Optional.of(Path.of("b")),
                9,
                defaults.geoCacheEntries(),
                defaults.userAgentCacheEntries(),
                Optional.empty(),
                defaults.steps()));
  }

  @Test
  void enricherSettingsRefuseWhatHasNoBound() {
    assertThatThrownBy(() -> EnricherSettings.defaults().withMaxLineBytes(0))
        .hasMessage("maxLineBytes is 0, not from 1 to 16777216");
    assertThatThrownBy(() -> EnricherSettings.defaults().withMaxLineBytes(16_777_217))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
