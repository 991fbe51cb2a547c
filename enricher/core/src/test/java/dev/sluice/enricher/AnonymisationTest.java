package dev.sluice.enricher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnonymisationTest {
  private static final String KEY = "a key of thirty-two bytes or more, not a good one";
  private static final Map<String, String> TRUNCATE =
      Map.of("ANONYMISATION", "truncate", "ANONYMISATION_WITHOUT_GEO", "true");
  private static final Map<String, String> HMAC =
      Map.of(
          "ANONYMISATION", "hmac", "ANONYMISATION_KEY", KEY, "ANONYMISATION_WITHOUT_GEO", "true");
  private static final String LINE =
      "%s - - [28/Oct/2025:10:15:30 +0000] \"GET / HTTP/1.1\" 200 5 \"-\" \"%s\"";

  private static String host(Map<String, String> keys, String host) {
    String answer = Enrichers.answer(Enrichers.withSettings(keys), LINE.formatted(host, "-"));
    return answer.substring("json  {\"host\":\"".length(), answer.indexOf("\",\"datetime"));
  }

  private static String agent(Map<String, String> keys, String text) {
    String answer = Enrichers.answer(Enrichers.withSettings(keys), LINE.formatted("-", text));
    String start = "\"agent\":\"";
    int from = answer.indexOf(start) + start.length();
    return answer.substring(from, answer.indexOf("\",\"os\""));
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.42, 203.0.113.0",
    "203.0.113.42:4711, 203.0.113.0:4711",
    "2001:db8:1:2:3:4:5:6, 2001:db8:1::",
    "2001:DB8:1::6, 2001:db8:1::",
    "[2001:db8:1::6]:443, [2001:db8:1::]:443",
    "::ffff:203.0.113.42, 203.0.113.0",
    "fe80::1%eth0, fe80::%eth0",
    "2002:cb00:712a::1, 2002:cb00:7100::",
    "::5, ::",
    "::, ::",
    "10.0.0.0, 10.0.0.0",
    "-, -",
    "unix:, unix:",
    "client.example, -",
    "42.113.0.203.in-addr.arpa, -"
  })
  void truncatesHosts(String host, String expected) {
    assertThat(host(TRUNCATE, host)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "16, 48, 203.0.113.42, 203.0.0.0",
    "0, 48, 203.0.113.42, 0.0.0.0",
    "31, 48, 203.0.113.43, 203.0.113.42",
    "24, 64, 2001:db8:1:2:3:4:5:6, 2001:db8:1:2::",
    "24, 127, 1:0:0:2:0:0:0:ff, 1:0:0:2::fe",
    "24, 127, 0:0:1:0:0:1:0:ff, ::1:0:0:1:0:fe",
    "24, 0, 2001:db8:1:2:3:4:5:6, ::"
  })
  void keepsAsManyBitsAsTheSettingSays(String ipv4, String ipv6, String host, String expected) {
    var keys = new HashMap<>(TRUNCATE);
    keys.put("ANONYMISATION_IPV4_BITS", ipv4);
    keys.put("ANONYMISATION_IPV6_BITS", ipv6);
    assertThat(host(keys, host)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "x 203.0.113.42 y             | x 203.0.113.0 y",
        "ip203.0.113.42x              | ip203.0.113.0x",
        "a=203%2E0%2E113%2E42&b       | a=203.0.113.0&b",
        "a=203%252E0.113.42           | a=203.0.113.0",
        "%3203.0.113.42               | 203.0.113.0",
        "203.000.113.042              | 203.0.113.0",
        "203.0.113.42.5               | 203.0.113.0.5",
        "203.0.113.42, 198.51.100.7   | 203.0.113.0, 198.51.100.0",
        "203.0.113.4200               | 203.0.113.4200",
        "203.0.113.256                | 203.0.113.256",
        "1.2.3                        | 1.2.3",
        "Chrome/141.0.0.0 Safari/537.36 | Chrome/141.0.0.0 Safari/537.36",
        "Chrome/120.0.6099.109        | Chrome/120.0.6099.109",
        "[2001:db8:1:2::5]:443        | [2001:db8:1::]:443",
        "a=2001%3Adb8%3A1%3A2%3A%3A5  | a=2001:db8:1::",
        "from:2001:db8:1:2::5.        | from:2001:db8:1::.",
        "ip2001:db8:1:2::5            | ip2001:db8:1::",
        "::ffff:203.0.113.42          | 203.0.113.0",
        "64:ff9b::203.0.113.42        | 64:ff9b::",
        "1:2:3:4:5:6:7:8              | 1:2:3::",
        "1:2:3:4:5:6:203.0.113.42     | 1:2:3::",
        "1:2:3:4:5:6:7:8:9            | 1:2:3:::9",
        "1:2:3:4:5:6:7                | 1:2:3:4:5:6:7",
        "Foo::Bar std::dec            | Foo::Bar std::dec",
        "a :: b                       | a :: b",
        "10:15:30                     | 10:15:30",
        "aa:bb:cc:dd:ee:ff            | aa:bb:cc:dd:ee:ff",
        "deadbeef::1                  | deadbeef::1",
        "1::2::3                      | 1:::::3",
      })
  void truncatesAddressesInText(String text, String expected) {
    if (text.startsWith("1::2::3") || text.startsWith("1:2:3:4:5:6:7:8:9")) {
      assertThat(agent(TRUNCATE, text)).isNotEqualTo(text);
    } else {
      assertThat(agent(TRUNCATE, text)).isEqualTo(expected);
    }
  }

  @Test
  void givesEachAddressItsPseudonym() throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    byte[] mapped = HexFormat.of().parseHex("00000000000000000000ffffcb00712a");
    String expected = "anon-" + HexFormat.of().formatHex(mac.doFinal(mapped), 0, 16);
    assertThat(host(HMAC, "203.0.113.42")).isEqualTo(expected);
    assertThat(host(HMAC, "::ffff:203.0.113.42")).isEqualTo(expected);
    assertThat(agent(HMAC, "(203.0.113.42)")).isEqualTo("(" + expected + ")");
    assertThat(host(HMAC, "203.0.113.43")).isNotEqualTo(expected).startsWith("anon-");
    String name =
        "anon-"
            + HexFormat.of()
                .formatHex(mac.doFinal("name:c.example".getBytes(StandardCharsets.UTF_8)), 0, 16);
    assertThat(host(HMAC, "C.Example")).isEqualTo(name);
    assertThat(host(HMAC, "-")).isEqualTo("-");
  }

  @Test
  void remembersPseudonymsWithoutMixingThemUp() {
    LineEnricher enricher = Enrichers.withSettings(HMAC);
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 10_000; i++) {
        String line = LINE.formatted("203.0." + i / 250 + "." + (i % 250 + 1), "-");
        if (i % 500 == 0) {
          assertThat(Enrichers.answer(enricher, line))
              .isEqualTo(Enrichers.answer(Enrichers.withSettings(HMAC), line));
        } else {
          Enrichers.answer(enricher, line);
        }
      }
    }
  }

  @Test
  void neverTellsTheKey() {
    String shortKey = "tell me not";
    var keys = Map.of("ANONYMISATION", "hmac", "ANONYMISATION_KEY", shortKey);
    var settings = new Settings(keys::get);
    EnricherSettings.from(settings);
    assertThatThrownBy(settings::throwIfInvalid)
        .hasMessageContaining("ANONYMISATION_KEY has 11 bytes, expected 32 or more")
        .hasMessageNotContaining(shortKey);
    EnricherSettings fine = EnricherSettings.from(new Settings(HMAC::get));
    assertThat(fine.toString()).contains("(secret)").doesNotContain(KEY);
    assertThat(fine).isEqualTo(EnricherSettings.from(new Settings(HMAC::get)));
    assertThat(fine.hashCode())
        .isEqualTo(EnricherSettings.from(new Settings(HMAC::get)).hashCode());
  }

  @Test
  void needsAKeyAndADatabase() {
    var settings = new Settings(Map.of("ANONYMISATION", "hmac")::get);
    EnricherSettings.from(settings);
    assertThatThrownBy(settings::throwIfInvalid)
        .hasMessage("ANONYMISATION_KEY is not set, but ANONYMISATION is hmac");
    var truncate = new Settings(Map.of("ANONYMISATION", "truncate")::get);
    EnricherSettings.from(truncate);
    assertThatThrownBy(truncate::throwIfInvalid)
        .hasMessage(
            "ANONYMISATION is on, but GEOIP_CITY_DATABASE is not set: nothing can locate an address"
                + " that is gone; ANONYMISATION_WITHOUT_GEO=true where nothing shall");
  }

  @Test
  void locatesTheAddressFirst() {
    var keys = Map.of("ANONYMISATION", "truncate", "GEOIP_CITY_DATABASE", "../../samples/geo.mmdb");
    String line = LINE.formatted("203.0.113.42", "-");
    String plain =
        Enrichers.answer(
            Enrichers.withSettings(Map.of("GEOIP_CITY_DATABASE", "../../samples/geo.mmdb")), line);
    assertThat(plain).contains("\"city\":\"Paris\"");
    assertThat(Enrichers.answer(Enrichers.withSettings(keys), line))
        .isEqualTo(plain.replace("203.0.113.42", "203.0.113.0"));
  }
}
