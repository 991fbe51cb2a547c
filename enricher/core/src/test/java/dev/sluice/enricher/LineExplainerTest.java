package dev.sluice.enricher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.enricher.Explanation.LoggedField;
import dev.sluice.enricher.format.Field;
import dev.sluice.enricher.useragent.Classification;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class LineExplainerTest {
  private static final String COMMON =
      "10.0.0.7 - - [10/Oct/2000:13:55:36 -0700] \"GET /a.php HTTP/1.0\" 200 5";

  private static Explanation explain(String text) {
    // some bytes before and after, which are nobody's
    byte[] buffer = ("##" + text + "##").getBytes(UTF_8);
    try (var enricher = Enricher.open(EnricherSettings.defaults(), new SimpleMeterRegistry())) {
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
}
