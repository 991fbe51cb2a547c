package dev.sluice.enricher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.enricher.Explanation.LoggedField;
import dev.sluice.enricher.Explanation.MaskedField;
import dev.sluice.enricher.format.Field;
import dev.sluice.enricher.useragent.Classification;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LineExplainerTest {
  private static final String COMMON =
      "10.0.0.7 - - [10/Oct/2000:13:55:36 -0700] \"GET /a.php HTTP/1.0\" 200 5";

  private static Explanation explain(String text) {
    return explain(Map.of(), text);
  }

  private static Explanation explain(Map<String, String> keys, String text) {
    // some bytes before and after, which are nobody's
    byte[] buffer = ("##" + text + "##").getBytes(UTF_8);
    var read = new Settings(keys::get);
    EnricherSettings settings = EnricherSettings.from(read);
    read.throwIfInvalid();
    try (var enricher = Enricher.open(settings, new SimpleMeterRegistry())) {
      Explanation explanation = enricher.newLineExplainer().explain(buffer, 2, buffer.length - 2);
      var json = new OutputBuffer();
      Outcome outcome = enricher.newLineEnricher().enrich(buffer, 2, buffer.length - 2, json);
      assertThat(explanation.outcome()).isEqualTo(outcome);
      assertThat(explanation.json()).isEqualTo(json.toString());
      return explanation;
    }
  }

  @Test
  void fieldsCountFromTheStartOfTheLine() {
    Explanation explanation = explain(COMMON + "\r");
    assertThat(explanation.fields())
        .startsWith(new LoggedField(Field.REMOTE_HOST, 0, 8))
        .endsWith(new LoggedField(Field.BYTES, 68, 69))
        .hasSize(7);
    assertThat(explanation.client()).contains("10.0.0.7");
    assertThat(explanation.webpage()).contains("a");
    assertThat(explanation.referingPage()).isEmpty();
    assertThat(explanation.userAgent()).isEmpty();
    assertThat(explanation.place()).isEmpty();
  }

  @Test
  void aByteOrderMarkIsBeforeTheFirstField() {
    assertThat(explain("\ufeff" + COMMON).fields())
        .startsWith(new LoggedField(Field.REMOTE_HOST, 3, 11));
  }

  @Test
  void aUserAgentIsClassifiedAndADashIsNone() {
    assertThat(explain(COMMON + " \"-\" \"curl/8.1\"").userAgent())
        .hasValueSatisfying(agent -> assertThat(agent.browser()).isEqualTo("curl"));
    assertThat(explain(COMMON + " \"-\" \"-\"").userAgent()).contains(Classification.NONE);
  }

  @Test
  void whatIsOddIsNamed() {
    assertThat(explain(COMMON + " \"-\" \"-\" 17").warnings())
        .containsExactly(Warning.EXTRA_FIELDS);
  }

  @Test
  void aRejectedLineHasNothingButItsOutcome() {
    Explanation explanation = explain("nonsense");
    assertThat(explanation.outcome()).isEqualTo(new Outcome.Rejected(RejectReason.TRUNCATED, 8));
    assertThat(explanation.fields()).isEmpty();
    assertThat(explanation.client()).isEmpty();
    assertThat(explanation.warnings()).isEmpty();
  }

  @Test
  void aDroppedLineHasItsFields() {
    Explanation explanation = explain(Map.of("FILTER_RULES", "drop all status=2xx"), COMMON);
    assertThat(explanation.outcome()).isEqualTo(new Outcome.Dropped("all"));
    assertThat(explanation.fields()).hasSize(7);
    assertThat(new String(explanation.logged(), UTF_8)).isEqualTo(COMMON);
    assertThat(explanation.masked()).isEmpty();
  }

  @Test
  void eachMaskedFieldNamesTheSettingsThatMaskIt() {
    Map<String, String> keys =
        Map.of(
            "MASK",
            "emails,tokens,cards",
            "MASK_QUERY_PARAMETERS",
            "lang,id",
            "ANONYMISATION",
            "truncate",
            "ANONYMISATION_WITHOUT_GEO",
            "true");
    String line =
        "10.0.0.7 - jane@example.com [10/Oct/2000:13:55:36 -0700]"
            + " \"GET /a.php?id=4111-1111-1111-1111&ip=10.0.0.7 HTTP/1.0\" 200 5";
    Explanation explanation = explain(keys, line);
    assertThat(explanation.client()).contains("10.0.0.7");
    assertThat(explanation.masked())
        .containsExactlyInAnyOrder(
            new MaskedField(Field.REMOTE_HOST, List.of("ANONYMISATION=truncate"), "10.0.0.0"),
            new MaskedField(Field.USER, List.of("MASK=emails"), "(email)"),
            new MaskedField(
                Field.REQUEST_LINE,
                List.of("MASK=cards", "MASK_QUERY_PARAMETERS=id", "ANONYMISATION=truncate"),
                "GET /a.php?id=(masked)&ip=10.0.0.0 HTTP/1.0"));
    assertThat(explain(keys, COMMON.replace("10.0.0.7", "h.example")).masked())
        .containsExactly(
            new MaskedField(Field.REMOTE_HOST, List.of("ANONYMISATION=truncate"), "-"));
  }

  @Test
  void aClientBehindAProxyIsToldBeforeItIsMasked() {
    Map<String, String> keys =
        Map.of(
            "LOG_FORMAT",
            "%a %>s %{X-Forwarded-For}i",
            "TRUSTED_PROXIES",
            "10.0.0.0/8",
            "ANONYMISATION",
            "truncate",
            "ANONYMISATION_WITHOUT_GEO",
            "true");
    Explanation explanation = explain(keys, "10.0.0.1 200 203.0.113.42");
    assertThat(explanation.client()).contains("203.0.113.42");
    assertThat(explanation.masked())
        .contains(
            new MaskedField(Field.REMOTE_HOST, List.of("ANONYMISATION=truncate"), "203.0.113.0"));
  }

  @Test
  void aRecordOfAnEarlierStageIsShownAsItTellsTheLine() {
    Explanation explanation =
        explain(Map.of("LOG_FORMAT", "flat"), "{\"host\":\"10.0.0.7\",\"request\":\"GET /a.php\"}");
    assertThat(explanation.fields())
        .containsExactly(
            new LoggedField(Field.REMOTE_HOST, 0, 8), new LoggedField(Field.REQUEST_LINE, 8, 18));
    assertThat(new String(explanation.logged(), 0, 18, UTF_8)).isEqualTo("10.0.0.7GET /a.php");
  }
}
