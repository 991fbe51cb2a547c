package dev.sluice.enricher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.enricher.format.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LineLookupsTest {
  private static final String LINE =
      "%s - - [28/Oct/2025:10:15:30 +0000] \"GET /product.php HTTP/1.1\" 200 5";

  private final RecordedLookups lookups = new RecordedLookups();
  private final OutputBuffer out = new OutputBuffer();

  /** Knows what it was told; remembers what it was asked. */
  private static final class RecordedLookups implements LineLookups {
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, String> references = new HashMap<>();
    private final List<String> effects = new ArrayList<>();

    @Override
    public void collect(EnrichedLine line) {
      effects.add("collect " + host(line) + " " + page(line));
    }

    @Override
    public void resolve(Duration atMost) {
      effects.add("resolve " + atMost);
    }

    @Override
    public void find(EnrichedLine line) {
      effects.add("find " + host(line) + " " + page(line));
      String name = names.get(host(line));
      if (name == null) {
        line.warnings().add(Warning.REVERSE_DNS_UNAVAILABLE);
      } else {
        line.hostName(name.getBytes(UTF_8));
      }
      if (references.containsKey(host(line))) {
        line.reference(references.get(host(line)).getBytes(UTF_8));
      }
    }

    private static String host(EnrichedLine line) {
      return line.fields().text(Field.REMOTE_HOST);
    }

    private static String page(EnrichedLine line) {
      var page = line.webpage();
      return new String(page.buffer(), page.from(), page.to() - page.from(), UTF_8);
    }
  }

  private String answer(Map<String, String> settings, String host) {
    return Enrichers.answer(Enrichers.withLookups(settings, lookups), LINE.formatted(host));
  }

  @Test
  void flatHasNameAndReferenceBehindThePages() {
    lookups.names.put("192.0.2.1", "\"mail.example.net\"");
    lookups.references.put("192.0.2.1", "{\"tier\":\"gold\"}");
    assertThat(answer(Map.of("OUTPUT_GROUPS", "quality"), "192.0.2.1"))
        .endsWith(
            "\"webpage\":\"product\",\"host_name\":\"mail.example.net\","
                + "\"reference\":{\"tier\":\"gold\"},\"quality\":\"ok\"}");
  }

  @Test
  void ecsHasTheNameAsDomainOfTheSource() {
    lookups.names.put("192.0.2.1", "\"mail.example.net\"");
    lookups.references.put("192.0.2.1", "{\"tier\":\"gold\"}");
    assertThat(answer(Map.of("OUTPUT_PROFILE", "ecs"), "192.0.2.1"))
        .contains("\"source\":{\"address\":\"192.0.2.1\",\"ip\":\"192.0.2.1\",\"domain\":\"mail")
        .contains(
            "\"sluice\":{\"address_kind\":\"documentation\",\"reference\":{\"tier\":\"gold\"}");
  }

  @Test
  void nothingOfTheLineBeforeStays() {
    lookups.names.put("192.0.2.1", "\"mail.example.net\"");
    LineEnricher enricher = Enrichers.withLookups(Map.of(), lookups);
    Enrichers.answer(enricher, LINE.formatted("192.0.2.1"));
    assertThat(Enrichers.answer(enricher, LINE.formatted("192.0.2.2")))
        .startsWith("warn  ")
        .doesNotContain("host_name");
  }

  @Test
  void whatIsUnavailableIsAnErrorOfOurs() {
    assertThat(answer(Map.of("OUTPUT_GROUPS", "quality"), "192.0.2.1"))
        .endsWith(
            "\"quality\":\"warning\",\"warnings\":[\"reverse_dns_unavailable\"],"
                + "\"enrichment_errors\":[\"reverse_dns_unavailable\"]}");
  }

  @Test
  void aMaskedHostHasNoName() {
    lookups.names.put("192.0.2.77", "\"host-192-0-2-77.example.net\"");
    lookups.references.put("192.0.2.77", "{\"tier\":\"gold\"}");
    for (String profile : List.of("flat", "ecs")) {
      String json =
          answer(
              Map.of(
                  "ANONYMISATION",
                  "truncate",
                  "ANONYMISATION_WITHOUT_GEO",
                  "true",
                  "OUTPUT_PROFILE",
                  profile),
              "192.0.2.77");
      assertThat(json).contains("192.0.2.0", "gold").doesNotContain("77", "example");
    }
  }

  @Test
  void collectsLinesThatWillBeWrittenAndNoOthers() {
    var settings = Map.of("FILTER_RULES", "drop us host=192.0.2.9/32", "MAX_LINE_BYTES", "200");
    var batch = new BatchEnricher(Enrichers.withLookups(settings, lookups));
    String text =
        String.join(
            "\n",
            LINE.formatted("192.0.2.1") + "\r",
            "",
            "nonsense",
            LINE.formatted("192.0.2.9"),
            LINE.formatted("a".repeat(300)),
            LINE.formatted("192.0.2.2"));
    byte[] payload = text.getBytes(UTF_8);
    batch.collect(payload, 0, payload.length, "");
    batch.resolve(Duration.ofSeconds(1));
    assertThat(lookups.effects)
        .containsExactly("collect 192.0.2.1 product", "collect 192.0.2.2 product", "resolve PT1S");
  }

  @Test
  void withoutLookupsNobodyIsAsked() {
    LineEnricher line = Enrichers.withDefaults();
    byte[] payload = LINE.formatted("192.0.2.1").getBytes(UTF_8);
    line.collect(payload, 0, payload.length, new LinePosition());
    line.resolve(Duration.ZERO);
    assertThat(line.hasLookups()).isFalse();
    assertThat(line.enrich(payload, 0, payload.length, out)).isEqualTo(Outcome.ENRICHED);
    assertThat(out.toString()).doesNotContain("host_name");
  }

  @Test
  void textMaskMasksAsLinesAreMasked() {
    var settings = new Settings(Map.of("MASK", "emails")::get);
    var enricherSettings = EnricherSettings.from(settings);
    try (Enricher enricher =
        Enricher.open(
            enricherSettings, new io.micrometer.core.instrument.simple.SimpleMeterRegistry())) {
      var mask = enricher.newTextMask();
      byte[] text = "to joe@example.com".getBytes(UTF_8);
      assertThat(mask.mask(text, 0, text.length)).isTrue();
      assertThat(new String(mask.toByteArray(), UTF_8)).doesNotContain("joe@");
    }
  }
}
