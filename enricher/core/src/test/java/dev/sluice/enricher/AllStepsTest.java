package dev.sluice.enricher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.enricher.steps.RejectMask;
import dev.sluice.samples.SyntheticAccessLog;
import dev.sluice.samples.SyntheticLine;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything on at once: nothing personal gets out, nothing gets lost, nothing breaks. */
@Timeout(120)
class AllStepsTest {
  private static final String UAP = "src/test/resources/few-regexes.yaml";
  private static final String HEAD = "203.0.113.42 - - [28/Oct/2025:10:15:30 +0000] ";
  private static final Map<String, String> ALL =
      Map.ofEntries(
          Map.entry("UAP_REGEXES", UAP),
          Map.entry("GEOIP_CITY_DATABASE", "../../samples/geo.mmdb"),
          Map.entry("FILTER_RULES", "drop health lines=health-checks; drop d status=1xx"),
          Map.entry("SAMPLE", "90%"),
          Map.entry("MASK", "emails,tokens,cards"),
          Map.entry("MASK_QUERY_PARAMETERS", "token,password,email"),
          Map.entry("ANONYMISATION", "truncate"),
          Map.entry("SCHEMA_CHECK", "warn"),
          Map.entry("SCHEMA_FILE", "src/test/resources/small-schema.json"),
          Map.entry("ANOMALY_FLAGS", "true"));

  private static Map<String, String> without(String... keys) {
    var some = new java.util.HashMap<>(ALL);
    List.of(keys).forEach(some::remove);
    return some;
  }

  /** Takes everything that anybody writes down. */
  private static final class Everything implements BatchEnricher.Sink {
    private final StringBuilder written = new StringBuilder();
    private final OutcomeCounts.Builder counts = new OutcomeCounts.Builder();

    @Override
    public void enriched(int lineIndex, OutputBuffer json, Outcome outcome) {
      OutputChecks.assertOneJsonLineOrNothing(json);
      written.append(json).append('\n');
      counts.add(outcome);
    }

    @Override
    public void dropped(int lineIndex, Outcome.Dropped outcome) {
      counts.add(outcome);
    }

    @Override
    public void rejected(int lineIndex, byte[] buffer, int from, int to, Outcome.Rejected outcome) {
      written.append(new String(buffer, from, to - from, StandardCharsets.ISO_8859_1)).append('\n');
      counts.add(outcome);
    }
  }

  private static Everything enrich(Map<String, String> keys, String payload) {
    var everything = new Everything();
    byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
    new BatchEnricher(Enrichers.withSettings(keys)).enrich(bytes, 0, bytes.length, everything);
    return everything;
  }

  @ParameterizedTest
  @ValueSource(strings = {"truncate", "hmac"})
  void letsNoCanaryOut(String mode) {
    var keys = without("SAMPLE");
    keys.put("ANONYMISATION", mode);
    keys.put("ANONYMISATION_KEY", "a key of thirty-two bytes or more, not a good one");
    String[] canaries = {
      "203.0.113.42",
      "203%2E0%2e113.42",
      "203%252E0%252E113%252E42",
      "2001:db8:77:88::99",
      "2001%3Adb8:77:88::99",
      "canary.bird@example.com",
      "canary.bird%40example.com",
      "canary.bird\\x40example.com",
      "canary.bird%2540example.com",
      "4111 1111 1111 1111",
      "4111-1111-1111-1111",
      "4111%201111%201111%201111",
      "token=canarybird",
      "Token=canary%26canarybird",
      "x?%74oken=canarybird",
      "AKIAIOSFODNN7CANARY1",
      "Authorization:%20Bearer%20canarybird",
      "eyJjYW5hcnki.eyJjYW5hcnki.canarybird"
    };
    String[] places = {
      "%s",
      "203.0.113.42 - - [",
      HEAD + "\"GET /%s HTTP/1.1\" 200 5 \"-\" \"-\"",
      HEAD + "\"GET /a/%s.html?x=1 HTTP/1.1\" 200 5 \"-\" \"-\"",
      HEAD + "\"GET /a?x=1&y=%s&z=2 HTTP/1.1\" 200 5 \"-\" \"-\"",
      HEAD + "\"%s\" 400 5 \"-\" \"-\"",
      HEAD + "\"-\" 400 5 \"https://www.example.com/%s\" \"-\"",
      HEAD + "\"-\" 400 5 \"https://www.example.com/?q=%s#a\" \"-\"",
      HEAD + "\"-\" 400 5 \"-\" \"%s\"",
      HEAD + "\"-\" 400 5 \"-\" \"Mozilla/5.0 (compatible; %s)\"",
      HEAD + "\"-\" 400 5 \"-\" \"-\" %s",
      "203.0.113.42 - %s [28/Oct/2025:10:15:30 +0000] \"GET / HTTP/1.1\" 200 5 \"-\" \"-\"",
      HEAD + "\"GET /%s HTTP/1.1\" 200 five",
      HEAD + "\"GET /%s HTTP/1.1",
      "2001:db8:77:88::99 - - [28/Oct/2025:10:15:30 +0000] \"GET /%s HTTP/1.1\" 200 5",
    };
    var payload = new StringBuilder();
    for (String place : places) {
      for (String canary : canaries) {
        payload.append(place.replace("%s", canary)).append('\n');
      }
    }
    Everything everything = enrich(keys, payload.toString());
    String written = everything.written.toString();
    assertThat(everything.counts.build().in()).isEqualTo((long) places.length * canaries.length);
    assertThat(everything.counts.build().rejected()).isGreaterThan(canaries.length);
    assertThat(written)
        .doesNotContainIgnoringCase("canarybird")
        .doesNotContain("canary.bird", "bird@", "77:88", "CANARY1", "jYW5hcnki")
        .doesNotContainPattern("203(\\.|%2E|%252E)0(\\.|%2E|%252E)113(\\.|%2E|%252E)42")
        .doesNotContainPattern("4111.{0,3}1111");
  }

  @Test
  void keepsTheBooks() {
    var lines = new ArrayList<String>();
    var log = new SyntheticAccessLog(11);
    for (int i = 0; i < 3_000; i++) {
      SyntheticLine line = log.next();
      lines.add(new String(line.bytes(), StandardCharsets.ISO_8859_1));
    }
    OutcomeCounts counts = enrich(ALL, String.join("\n", lines)).counts.build();
    assertThat(counts.in()).isEqualTo(3_000);
    assertThat(counts.dropped()).isBetween(200L, 600L);
    assertThat(counts.enriched() + counts.enrichedWithWarnings() + counts.dropped())
        .isEqualTo(3_000 - counts.rejected());
  }

  @Test
  void changesNothingInLinesWithoutAnythingToHide() {
    var masking = Map.of("UAP_REGEXES", UAP, "MASK", "emails,tokens,cards");
    LineEnricher plain = Enrichers.withSettings(Map.of("UAP_REGEXES", UAP));
    LineEnricher masked = Enrichers.withSettings(masking);
    var log = new SyntheticAccessLog(12);
    for (int i = 0; i < 5_000; i++) {
      byte[] line = log.next().bytes();
      // Some robots name the mailbox of their keeper.
      assertThat(Enrichers.answer(masked, line))
          .isEqualTo(
              Enrichers.answer(plain, line)
                  .replaceAll("[\\w.]+@[\\w.]+\\.[a-z]+", "(email)")
                  .replaceAll("jsessionid=[0-9A-F]{32}", "jsessionid=(token)"));
    }
  }

  @Test
  void takesMutationsOfGoldenLines() {
    LineMutations mutations =
        LineMutations.ofGoldenLines(BuiltInFormat.AUTO, new Random(20_251_121));
    LineEnricher enricher = Enrichers.withSettings(ALL);
    RejectMask rejects = enricher.rejectMask();
    var counts = new OutcomeCounts.Builder();
    var out = new OutputBuffer();
    for (int i = 0; i < 20_000; i++) {
      byte[] line = mutations.next();
      out.clear();
      Outcome outcome = enricher.enrich(line, 0, line.length, out);
      counts.add(outcome);
      rejects.mask(line, 0, line.length);
      if (outcome.code() == Outcome.Code.DROPPED) {
        assertThat(out.length()).isZero();
      } else {
        OutputChecks.assertSane(outcome, line.length, out);
        assertThat(out.toString()).doesNotContain("\"host\":\"203.0.113.42");
      }
    }
    assertThat(counts.build().in()).isEqualTo(20_000);
    assertThat(counts.build().dropped()).isPositive();
    assertThat(counts.build().enrichedWithWarnings()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@",
        "a@",
        "a@b.",
        "%",
        "%25",
        "%2540",
        "\\",
        "\\\\u0040",
        "\\x40",
        "=",
        "a=",
        "token=",
        "[",
        "a[",
        "token[",
        "1",
        "4 ",
        "41",
        "1.",
        "1.2.3.4",
        ":",
        "::",
        "1:",
        "1::",
        "a:",
        ":/",
        "://",
        "://a:",
        "-",
        "aB1",
        "eyJ",
        "eyJaaaaaa.",
        "bearer ",
        "authorization:",
        "/",
        "*",
        "&",
        "\u00e9",
        "\u2028",
        "0."
      })
  void takesSixtyKilobytesOfAnythingAnywhere(String piece) {
    String filler = piece.repeat(60_000 / piece.getBytes(StandardCharsets.UTF_8).length);
    LineEnricher enricher = Enrichers.withSettings(without("SAMPLE"));
    RejectMask rejects = enricher.rejectMask();
    var out = new OutputBuffer();
    for (String line :
        new String[] {
          filler,
          "203.0.113.42 - " + filler + " [28/Oct/2025:10:15:30 +0000] \"GET / HTTP/1.1\" 200 5",
          HEAD + "\"GET /" + filler + " HTTP/1.1\" 200 5 \"-\" \"-\"",
          HEAD + "\"GET / HTTP/1.1\" 200 5 \"" + filler + "\" \"-\"",
          HEAD + "\"GET / HTTP/1.1\" 200 5 \"-\" \"" + filler + "\""
        }) {
      byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
      out.clear();
      OutputChecks.assertSane(enricher.enrich(bytes, 0, bytes.length, out), bytes.length, out);
      rejects.mask(bytes, 0, bytes.length);
      assertThat(rejects.to() - rejects.from()).isLessThan(12 * bytes.length);
    }
  }

  @Test
  void masksNothingInRejectsWhenMaskingIsOff() {
    byte[] line = "203.0.113.42 jane@example.com".getBytes(StandardCharsets.UTF_8);
    RejectMask mask = Enrichers.withDefaults().rejectMask();
    assertThat(mask.mask(line, 2, 9)).isFalse();
    assertThat(mask.buffer()).isSameAs(line);
    assertThat(mask.from()).isEqualTo(2);
    assertThat(mask.to()).isEqualTo(9);
    RejectMask filterOnly =
        Enrichers.withSettings(Map.of("FILTER_RULES", "drop a path=/x")).rejectMask();
    assertThat(filterOnly.mask(line, 0, line.length)).isFalse();
    assertThat(filterOnly.isOn()).isFalse();
    RejectMask on = Enrichers.withSettings(Map.of("MASK", "emails")).rejectMask();
    assertThat(on.mask("nothing".getBytes(StandardCharsets.UTF_8), 0, 7)).isFalse();
    assertThat(on.mask(line, 0, line.length)).isTrue();
    assertThat(on.isOn()).isTrue();
  }
}
