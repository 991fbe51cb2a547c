package dev.sluice.enricher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {
  private static final String LINE = "%s - - [28/Oct/2025:10:15:30 +0000] \"%s\" %s 5 \"-\" \"%s\"";

  private static String line(String request, String status, String agent) {
    return LINE.formatted("203.0.113.42", request, status, agent);
  }

  private static String decision(String rules, String line) {
    String answer = Enrichers.answer(Enrichers.withSettings(Map.of("FILTER_RULES", rules)), line);
    return answer.startsWith("drop") ? answer.substring("drop  ".length()) : "stays";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // path: as logged, without its query, a star for anything
        "drop r path=/health*             | GET /healthz HTTP/1.1           | r",
        "drop r path=/health*             | GET /a/health HTTP/1.1          | stays",
        "drop r path=*/health             | GET /a/health?x=1 HTTP/1.1      | r",
        "drop r path=/a/*/c               | GET /a/b/b/c HTTP/1.1           | r",
        "drop r path=/a/*/c               | GET /a/b/b/cc HTTP/1.1          | stays",
        "drop r path=/*aab*c*             | GET /aaabbc HTTP/1.1            | r",
        "drop r path=/a,/b                | GET /b HTTP/1.1                 | r",
        "drop r path=/b                   | GET /a?/b HTTP/1.1              | stays",
        "drop r path=/b                   | GET /b#x HTTP/1.1               | r",
        "drop r path=/b                   | GET http://h.example/b HTTP/1.1 | r",
        "drop r path=/*                   | GET http://h.example HTTP/1.1   | stays",
        "drop r path=/*                   | OPTIONS * HTTP/1.1              | stays",
        "drop r path=/*                   | CONNECT h.example:443 HTTP/1.1  | stays",
        "drop r path!=/api/*              | GET /index HTTP/1.1             | r",
        "drop r path!=/api/*              | GET /api/x HTTP/1.1             | stays",
        "drop r path='/a b'               | GET /a b HTTP/1.1               | r",
        // method
        "drop r method=HEAD,OPTIONS       | HEAD / HTTP/1.1                 | r",
        "drop r method=HEAD               | HEADS / HTTP/1.1                | stays",
        "drop r method=GET                | get / HTTP/1.1                  | stays",
        "drop r method!=GET               | -                               | r",
        // all terms, first rule, keep
        "drop r path=/a method=POST       | GET /a HTTP/1.1                 | stays",
        "drop r path=/a method=GET        | GET /a HTTP/1.1                 | r",
        "drop x path=/a; drop y path=/*   | GET /a HTTP/1.1                 | x",
        "drop x path=/a; drop y path=/*   | GET /b HTTP/1.1                 | y",
        "keep x path=/a; drop y path=/*   | GET /a HTTP/1.1                 | stays",
        "keep x path=/a                   | GET /b HTTP/1.1                 | not_kept",
        "drop y path=/a*; keep x path=/a  | GET /a HTTP/1.1                 | y",
        ";drop r path=/a;;                | GET /a HTTP/1.1                 | r",
        // named sets
        "drop r lines=health-checks       | GET /healthz HTTP/1.1           | r",
        "drop r lines=health-checks       | GET /ping?x HTTP/1.1            | r",
        "drop r lines=health-checks       | GET /pinged HTTP/1.1            | stays",
        "drop r lines=static-files        | GET /a/b.PNG HTTP/1.1           | r",
        "drop r lines=static-files        | GET /a/b.png?v=2 HTTP/1.1       | r",
        "drop r lines=static-files        | GET /a.png/b HTTP/1.1           | stays",
        "drop r lines=debug               | GET /debug/vars HTTP/1.1        | r",
        "drop r lines=debug               | TRACE / HTTP/1.1                | r",
        "drop r lines=debug               | GET /a?x=1&Debug=1 HTTP/1.1     | r",
        "drop r lines=debug               | GET /a?debug HTTP/1.1           | r",
        "drop r lines=debug               | GET /a?debug&b HTTP/1.1         | r",
        "drop r lines=debug               | GET /a?debug=0 HTTP/1.1         | stays",
        "drop r lines=debug               | GET /a?debug=false HTTP/1.1     | stays",
        "drop r lines=debug               | GET /a?debugging HTTP/1.1       | stays",
        "drop r lines=debug,static-files  | GET /a.css HTTP/1.1             | r",
        "drop r lines!=debug              | GET /a.css HTTP/1.1             | r",
      })
  void decidesByRequest(String rules, String request, String expected) {
    assertThat(decision(rules, line(request, "200", "-"))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "404, 404, r",
    "404, 405, stays",
    "4xx, 499, r",
    "4xx, 500, stays",
    "500-503, 503, r",
    "500-503, 504, stays",
    "1xx, 101, r"
  })
  void decidesByStatus(String wanted, String status, String expected) {
    assertThat(decision("drop r status=" + wanted, line("GET / HTTP/1.1", status, "-")))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "agent=bot                | GoogleBOT/2.1            | r",
        "agent=bot                | -                        | stays",
        "agent!=mozilla           | -                        | r",
        "agent='Google HC',curl   | xx Google hc/1           | r",
        "agent=\"a,b;c\"          | (A,B;C)                  | r",
        "agent=abc                | ab                       | stays",
        "lines=health-checks      | ELB-HealthChecker/2.0    | r",
        "lines=health-checks      | kube-probe/1.29          | r",
        "lines=health-checks      | GoogleHC/1.0             | r",
        "lines=health-checks      | Pingdom.com_bot_version_1.4 | r",
        "lines=health-checks      | Mozilla/5.0              | stays",
      })
  void decidesByUserAgent(String terms, String agent, String expected) {
    assertThat(decision("drop r " + terms, line("GET / HTTP/1.1", "200", agent)))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.0/24, 203.0.113.9, r",
    "203.0.113.0/24, 203.0.114.9, stays",
    "203.0.113.9, 203.0.113.9:4711, r",
    "2001:db8::/32, 2001:db8::1, r",
    "0.0.0.0/0, host.example, stays",
    "0.0.0.0/0, -, stays"
  })
  void decidesByAddress(String range, String host, String expected) {
    String line = LINE.formatted(host, "GET / HTTP/1.1", "200", "-");
    assertThat(decision("drop r host=" + range, line)).isEqualTo(expected);
  }

  @Test
  void decidesInFormatStringsToo() {
    var keys =
        Map.of(
            "LOG_FORMAT", "%h %t %m %U %>s",
            "FILTER_RULES", "drop r path=/a* method=GET; drop s status=404");
    LineEnricher enricher = Enrichers.withSettings(keys);
    String line = "203.0.113.42 [28/Oct/2025:10:15:30 +0000] %s /abc %s";
    assertThat(Enrichers.answer(enricher, line.formatted("GET", "200"))).isEqualTo("drop  r");
    assertThat(Enrichers.answer(enricher, line.formatted("POST", "200"))).startsWith("json");
    assertThat(Enrichers.answer(enricher, line.formatted("POST", "404"))).isEqualTo("drop  s");
    LineEnricher times =
        Enrichers.withSettings(
            Map.of("LOG_FORMAT", "%t", "FILTER_RULES", "drop r path=/*,* method=GET status=200"));
    assertThat(Enrichers.answer(times, "[28/Oct/2025:10:15:30 +0000]")).startsWith("json");
  }

  @Test
  void sharesTheOutcomeOfARule() {
    byte[] line = line("GET /a HTTP/1.1", "200", "-").getBytes(StandardCharsets.UTF_8);
    LineEnricher enricher = Enrichers.withSettings(Map.of("FILTER_RULES", "drop r path=/a"));
    var out = new OutputBuffer();
    assertThat(enricher.enrich(line, 0, line.length, out))
        .isSameAs(enricher.enrich(line, 0, line.length, out));
    assertThat(out.length()).isZero();
  }

  @Test
  void samplesTheSameLinesWheneverTheyAreRead() {
    Set<Long> first = sampled("10%", "stream:shard:1", 20_000);
    assertThat(first)
        .hasSizeBetween(1_800, 2_200)
        .isEqualTo(sampled("10%", "stream:shard:1", 20_000));
    assertThat(sampled("10%", "stream:shard:2", 20_000)).isNotEqualTo(first);
    assertThat(sampled("20%", "stream:shard:1", 20_000)).containsAll(first);
    assertThat(sampled("0%", "s", 100)).isEmpty();
    assertThat(sampled("100%", "s", 100)).hasSize(100);
  }

  private static Set<Long> sampled(String share, String source, int lines) {
    LineEnricher enricher = Enrichers.withSettings(Map.of("SAMPLE", share));
    byte[] line = line("GET /a HTTP/1.1", "200", "-").getBytes(StandardCharsets.UTF_8);
    LinePosition position = LinePosition.in(source);
    var out = new OutputBuffer();
    var kept = new HashSet<Long>();
    for (long i = 0; i < lines; i++) {
      position.line(i);
      out.clear();
      Outcome outcome = enricher.enrich(line, 0, line.length, position, out);
      if (outcome.code() == Outcome.Code.DROPPED) {
        assertThat(((Outcome.Dropped) outcome).rule()).isEqualTo("not_sampled");
      } else {
        kept.add(i);
      }
    }
    return kept;
  }

  @Test
  void samplesByTheTextOfALineWithoutPosition() {
    LineEnricher enricher = Enrichers.withSettings(Map.of("FILTER_RULES", "keep some sample=25%"));
    int kept = 0;
    for (int i = 0; i < 4_000; i++) {
      String line = line("GET /" + i + " HTTP/1.1", "200", "-");
      String answer = Enrichers.answer(enricher, line);
      assertThat(Enrichers.answer(enricher, line)).isEqualTo(answer);
      kept += answer.startsWith("json") ? 1 : 0;
    }
    assertThat(kept / 4_000.0).isCloseTo(0.25, within(0.03));
  }

  @Test
  void tellsAllMistakesAtOnceAndWhere() {
    var keys =
        Map.of(
            "FILTER_RULES",
            "forget x path=/a; drop; drop UP path=/; drop a; drop a path=/; drop b colour=red; "
                + "drop c path=a; drop d status=9; drop e status=500-400; drop f host=10.0.0.1/8; "
                + "drop g lines=odd; drop h sample=10; drop i sample=1%,2%; drop j path=/a,,/b; "
                + "drop k path; drop not_kept path=/x",
            "SAMPLE",
            "101%");
    var settings = new Settings(keys::get);
    EnricherSettings.from(settings);
    assertThatThrownBy(settings::throwIfInvalid)
        .isInstanceOfSatisfying(
            InvalidSettingsException.class,
            e ->
                assertThat(e.problems())
                    .containsExactly(
                        "FILTER_RULES is wrong: rule 1: begins with \"forget\", expected drop or"
                            + " keep",
                        "FILTER_RULES is wrong: rule 2: needs a name of small letters, digits and"
                            + " underscores after drop, at most 40",
                        "FILTER_RULES is wrong: rule 3: needs a name of small letters, digits and"
                            + " underscores after drop, at most 40",
                        "FILTER_RULES is wrong: rule 4: \"a\" asks nothing of a line",
                        "FILTER_RULES is wrong: rule 5: the name \"a\" is taken",
                        "FILTER_RULES is wrong: rule 6: \"colour\" is none of agent, host, lines,"
                            + " method, path, sample, status",
                        "FILTER_RULES is wrong: rule 7: the path \"a\" begins with neither / nor *",
                        "FILTER_RULES is wrong: rule 8: \"9\" is no status such as 404, 4xx or"
                            + " 500-599",
                        "FILTER_RULES is wrong: rule 9: the range \"500-400\" ends before it"
                            + " begins",
                        "FILTER_RULES is wrong: rule 10: \"10.0.0.1/8\" is an address inside its"
                            + " range, not the first of it",
                        "FILTER_RULES is wrong: rule 11: \"odd\" is none of health-checks, debug,"
                            + " static-files",
                        "FILTER_RULES is wrong: rule 12: \"10\" is no share from 0% to 100%",
                        "FILTER_RULES is wrong: rule 13: a sample has one share",
                        "FILTER_RULES is wrong: rule 14: a value of \"path\" is empty",
                        "FILTER_RULES is wrong: rule 15: \"path\" is no term such as path=/health*",
                        "FILTER_RULES is wrong: rule 16: the name \"not_kept\" is taken",
                        "SAMPLE is wrong: \"101%\" is no share from 0% to 100%"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"drop a path='/x", "drop a path=\"/x"})
  void refusesAnOpenQuote(String rules) {
    var settings = new Settings(Map.of("FILTER_RULES", rules)::get);
    EnricherSettings.from(settings);
    assertThatThrownBy(settings::throwIfInvalid).hasMessageContaining("a quote is never closed");
  }

  @Test
  void boundsRules() {
    String many = "drop a%d path=/;";
    var rules = new StringBuilder();
    for (int i = 0; i <= 100; i++) {
      rules.append(many.formatted(i));
    }
    for (String text : List.of(rules.toString(), "drop a path=/" + "x".repeat(17_000))) {
      var settings = new Settings(Map.of("FILTER_RULES", text)::get);
      EnricherSettings.from(settings);
      assertThatThrownBy(settings::throwIfInvalid).hasMessageContaining("FILTER_RULES is wrong: ");
    }
  }
}
