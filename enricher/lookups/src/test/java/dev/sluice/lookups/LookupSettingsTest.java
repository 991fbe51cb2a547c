package dev.sluice.lookups;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.enricher.EnricherSettings;
import dev.sluice.enricher.InvalidSettingsException;
import dev.sluice.enricher.SettingKey;
import dev.sluice.enricher.Settings;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LookupSettingsTest {
  private static LookupSettings read(Map<String, String> keys) {
    var settings = new Settings(keys::get);
    LookupSettings read = LookupSettings.from(settings, EnricherSettings.from(settings));
    settings.throwIfInvalid();
    return read;
  }

  private static List<String> problems(Map<String, String> keys) {
    try {
      read(keys);
      return List.of();
    } catch (InvalidSettingsException wrong) {
      return wrong.problems();
    }
  }

  @Test
  void namesExactlyTheKeysThatAreRead() {
    var asked = new LinkedHashSet<String>();
    LookupSettings.from(
        new Settings(
            key -> {
              asked.add(key);
              return null;
            }),
        EnricherSettings.defaults());
    assertThat(LookupSettings.keys())
        .extracting(SettingKey::name)
        .containsExactlyInAnyOrderElementsOf(asked);
  }

  @Test
  void writingEveryDefaultChangesNothing() {
    var defaults = new HashMap<String, String>();
    LookupSettings.keys().forEach(key -> defaults.put(key.name(), key.defaultValue()));
    assertThat(read(defaults)).isEqualTo(read(Map.of()));
    assertThat(read(Map.of()).isOff()).isTrue();
  }

  @Test
  void readsEveryKey() {
    var keys = new HashMap<String, String>();
    keys.put("REVERSE_DNS", "true");
    keys.put("REVERSE_DNS_SERVER", "[2001:db8::53]:5353");
    keys.put("REVERSE_DNS_SPECIAL_ADDRESSES", "true");
    keys.put("REVERSE_DNS_IN_FLIGHT", "7");
    keys.put("REVERSE_DNS_CACHE_ENTRIES", "8");
    keys.put("REVERSE_DNS_TTL", "9s");
    keys.put("REVERSE_DNS_ABSENT_TTL", "10s");
    keys.put("REFERENCE_TABLE", "users");
    keys.put("REFERENCE_KEY", "name");
    keys.put("REFERENCE_FIELD", "user");
    keys.put("REFERENCE_ATTRIBUTES", "tier, since");
    keys.put("REFERENCE_CACHE_ENTRIES", "11");
    keys.put("REFERENCE_TTL", "12s");
    keys.put("REFERENCE_ABSENT_TTL", "13s");
    keys.put("LOOKUP_DEADLINE", "14ms");
    keys.put("LOOKUP_BREAKER_FAILURES", "15");
    keys.put("LOOKUP_BREAKER_PAUSE", "16s");
    assertThat(keys).hasSameSizeAs(LookupSettings.keys());
    LookupSettings settings = read(keys);
    assertThat(settings.isOff()).isFalse();
    assertThat(settings)
        .isEqualTo(
            new LookupSettings(
                Optional.of(
                    new ReverseDnsSettings(
                        Optional.of("[2001:db8::53]:5353"),
                        7,
                        true,
                        new CacheSettings(8, Duration.ofSeconds(9), Duration.ofSeconds(10)))),
                Optional.of(
                    new ReferenceSettings(
                        "users",
                        "name",
                        KeyField.of("user").orElseThrow(),
                        List.of("tier", "since"),
                        new CacheSettings(11, Duration.ofSeconds(12), Duration.ofSeconds(13)))),
                Duration.ofMillis(14),
                15,
                Duration.ofSeconds(16)));
  }

  @Test
  void tellsAllProblemsTogether() {
    assertThat(
            problems(
                Map.of(
                    "REVERSE_DNS",
                    "yes",
                    "REVERSE_DNS_SERVER",
                    "dns://x",
                    "REFERENCE_KEY",
                    "id",
                    "REFERENCE_FIELD",
                    "path",
                    "REFERENCE_ATTRIBUTES",
                    "a\"b",
                    "LOOKUP_DEADLINE",
                    "11s")))
        .hasSize(8)
        .anyMatch(problem -> problem.startsWith("REVERSE_DNS is \"yes\""))
        .anyMatch(problem -> problem.startsWith("REVERSE_DNS_SERVER is \"dns://x\""))
        .contains("REVERSE_DNS_SERVER is set, but REVERSE_DNS is not true")
        .contains("REFERENCE_KEY is set, but REFERENCE_TABLE is not")
        .contains("REFERENCE_ATTRIBUTES is set, but REFERENCE_TABLE is not")
        .anyMatch(problem -> problem.startsWith("REFERENCE_FIELD is \"path\", none of host, user"))
        .anyMatch(problem -> problem.startsWith("REFERENCE_ATTRIBUTES has \"a\"b\""))
        .contains("LOOKUP_DEADLINE is not from 10ms to 10s");
  }

  @Test
  void aTableNeedsItsKeyAndAttributes() {
    assertThat(problems(Map.of("REFERENCE_TABLE", "t!")))
        .contains(
            "REFERENCE_KEY is not set, but REFERENCE_TABLE is",
            "REFERENCE_ATTRIBUTES is not set, but REFERENCE_TABLE is")
        .hasSize(3);
    assertThat(
            problems(
                Map.of(
                    "REFERENCE_TABLE",
                    "arn:aws:dynamodb:eu-west-1:123456789012:table/users",
                    "REFERENCE_KEY",
                    "id",
                    "REFERENCE_ATTRIBUTES",
                    " , ")))
        .containsExactly("REFERENCE_ATTRIBUTES names no attribute");
  }

  @Test
  void theFieldIsOneThatTheFormatHas() {
    String refusal = "REFERENCE_FIELD names a field that LOG_FORMAT does not have";
    assertThat(problems(table("auto", "server_name"))).isEmpty();
    assertThat(problems(table("combined", "server_name"))).containsExactly(refusal);
    assertThat(problems(table("common", "referer"))).containsExactly(refusal);
    assertThat(problems(table("%h %t \"%r\" %>s %b %D", "user"))).containsExactly(refusal);
    assertThat(problems(table("%h %t %m %U%q %H %>s", "request_line"))).isEmpty();
    assertThat(problems(table("common", "page"))).isEmpty();
    assertThat(problems(table("flat", "user"))).isEmpty();
  }

  private static Map<String, String> table(String format, String field) {
    return Map.of(
        "LOG_FORMAT",
        format,
        "REFERENCE_TABLE",
        "users",
        "REFERENCE_KEY",
        "id",
        "REFERENCE_ATTRIBUTES",
        "tier",
        "REFERENCE_FIELD",
        field);
  }

  @Test
  void namesAreNotAskedForWhereAddressesAreAnonymised() {
    assertThat(
            problems(
                Map.of(
                    "REVERSE_DNS",
                    "true",
                    "ANONYMISATION",
                    "truncate",
                    "ANONYMISATION_WITHOUT_GEO",
                    "true")))
        .containsExactly(
            "REVERSE_DNS is true, but ANONYMISATION is on: the name of a host often holds its"
                + " address");
  }

  @Test
  void theKeyOfAnAnonymisedHostIsNotTaken() {
    var keys =
        new HashMap<>(
            Map.of(
                "REFERENCE_TABLE",
                "hosts",
                "REFERENCE_KEY",
                "id",
                "REFERENCE_ATTRIBUTES",
                "tier,id",
                "ANONYMISATION",
                "truncate",
                "ANONYMISATION_WITHOUT_GEO",
                "true"));
    assertThat(problems(keys))
        .containsExactly(
            "REFERENCE_ATTRIBUTES has id, which is the address of the client, but ANONYMISATION is"
                + " on");
    keys.put("REFERENCE_FIELD", "page");
    assertThat(problems(keys)).isEmpty();
  }
}
