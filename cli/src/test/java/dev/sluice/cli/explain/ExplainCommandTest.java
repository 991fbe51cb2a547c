package dev.sluice.cli.explain;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.CommandRun;
import dev.sluice.cli.ExitCode;
import dev.sluice.cli.Sluice;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ExplainCommandTest {
  private static final String LINE =
      "203.0.113.42 - - [28/Oct/2025:10:15:30 +0000] \"GET /caf\\xc3\\xa9.php HTTP/1.1\" 200 1234"
          + " \"http://example.com/search.php\" \"Mozilla/5.0 (compatible; Googlebot/2.1;"
          + " +http://www.google.com/bot.html)\"";

  private static CommandRun explain(String standardInput, String... arguments) {
    var in = new ByteArrayInputStream(standardInput.getBytes(ISO_8859_1));
    return CommandRun.of(Sluice.configured(new CommandLine(new ExplainCommand(in))), arguments);
  }

  private static List<String> lines(CommandRun run) {
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
    return run.out().lines().map(String::stripTrailing).toList();
  }

  @Test
  void tellsWhatEveryStageSawAndDecided() {
    CommandRun run = explain("", "--geoip", "../samples/geo.mmdb", LINE);
    assertThat(lines(run))
        .containsExactly(
            "line          193 bytes",
            "format        auto took it for combined; parser scanner",
            "  remote_host            0-12    203.0.113.42",
            "  identity              13-14    -",
            "  user                  15-16    -",
            "  timestamp             18-44    28/Oct/2025:10:15:30 +0000",
            "  request_line          47-76    GET /caf\\xc3\\xa9.php HTTP/1.1",
            "                                 decoded: GET /caf\u00e9.php HTTP/1.1",
            "  status                78-81    200",
            "  bytes                 82-86    1234",
            "  referer               88-117   http://example.com/search.php",
            "  user_agent           120-192   Mozilla/5.0 (compatible; Googlebot/2.1;"
                + " +http://www.google.com/bot.html)",
            "client        203.0.113.42 (as logged: the format has no X-Forwarded-For)",
            "place         \"city\":\"Paris\",\"country\":\"France\","
                + "\"location\":{\"lat\":48.8566,\"lon\":2.3522}",
            "network       not looked up: no database (--asn)",
            "browser       Googlebot 2.1",
            "os            Other",
            "device        Spider",
            "device_type   bot (device_family)",
            "webpage       caf\\xc3\\xa9",
            "refering_page search",
            "outcome       ENRICHED",
            "json          " + run.out().lines().reduce((a, b) -> b).orElseThrow().substring(14));
  }

  @Test
  void aRejectHasACaretUnderThePlaceThatDecided() {
    String line = LINE.replace("\" 200 ", "\" 2x0 ");
    List<String> lines = lines(explain("", line));
    assertThat(lines).contains("outcome       REJECTED: BAD_STATUS at offset 78");
    String shown = lines.get(lines.size() - 2);
    String caret = lines.get(lines.size() - 1);
    assertThat(caret.strip()).isEqualTo("^");
    assertThat(shown.substring(caret.indexOf('^'))).startsWith("2x0 1234");
    assertThat(shown).startsWith("  ...").endsWith("...");
  }

  @Test
  void standardInputGivesItsFirstLineAndNothingOfItReachesTheTerminalRaw() {
    String line = LINE.replace("Googlebot", "\u001b[31m\u0007\u00ff").replace("GET ", "GET  ");
    CommandRun run = explain(line + "\r\nsecond\n", "-");
    assertThat(lines(run))
        .contains(
            "place         not looked up: no database (--geoip)",
            "outcome       ENRICHED_WITH_WARNINGS: malformed_request, invalid_utf8");
    assertThat(run.out()).doesNotContain("\u001b", "\u0007").contains("<1b>[31m<07><ff>/2.1");
  }

  @Test
  void saysWhichAddressOfAProxyChainIsTheClient() {
    String format = "%a %l %u %t \\\"%r\\\" %>s %b %{X-Forwarded-For}i";
    String line =
        "10.0.0.1 - - [28/Oct/2025:10:15:30 +0000] \"GET / HTTP/1.1\" 200 5 1.2.3.4, 10.0.0.9";
    assertThat(lines(explain("", "--format", format, "--set", "TRUSTED_PROXIES=10.0.0.0/8", line)))
        .contains("client        1.2.3.4 (the first from the right that is no trusted proxy)");
    assertThat(lines(explain("", "--format", format, line)))
        .contains("client        10.0.0.1 (no proxy is trusted: TRUSTED_PROXIES)");
  }

  private static List<String> withSteps(String line, String... keys) {
    var arguments = new ArrayList<>(List.of("--geoip", "../samples/geo.mmdb"));
    for (String key : keys) {
      arguments.addAll(List.of("--set", key));
    }
    arguments.add(line);
    return lines(explain("", arguments.toArray(String[]::new)));
  }

  @Test
  void saysWhichStepDropsALine() {
    String rules = "FILTER_RULES=drop robots agent=googlebot; keep errors status=5xx";
    assertThat(withSteps(LINE, rules))
        .contains("outcome       DROPPED: robots (by this rule of FILTER_RULES)");
    assertThat(withSteps(LINE.replace("Googlebot", "curl"), rules))
        .contains("outcome       DROPPED: not_kept (no rule keeps it: FILTER_RULES)");
    assertThat(withSteps(LINE, "SAMPLE=0%"))
        .contains("outcome       DROPPED: not_sampled (is outside of the sample: SAMPLE)");
  }

  @Test
  void saysWhichStepMasksALineAndWhatRemains() {
    String line =
        LINE.replace("/search.php", "/search.php?mail=jane%40example.com&token=x&ip=203.0.113.42")
            .replace(" - - ", " - jane@example.com ");
    assertThat(
            withSteps(
                line,
                "MASK=emails,cards",
                "MASK_QUERY_PARAMETERS=lang,token",
                "ANONYMISATION=truncate"))
        .contains(
            "client        203.0.113.42 (as logged: the format has no X-Forwarded-For)",
            "masked        remote_host by ANONYMISATION=truncate: 203.0.113.0",
            "masked        user by MASK=emails: (email)",
            "masked        referer by MASK=emails, MASK_QUERY_PARAMETERS=token,"
                + " ANONYMISATION=truncate:"
                + " http://example.com/search.php?mail=(email)&token=(masked)&ip=203.0.113.0")
        .noneMatch(text -> text.startsWith("masked        request_line"));
    assertThat(withSteps(line)).noneMatch(text -> text.startsWith("masked"));
  }

  @Test
  void aUserAgentThatIsMaskedIsClassifiedAsItIsWritten() {
    String line = LINE.replace("Googlebot/2.1", "jane@example.com").replace("+http://", "");
    List<String> lines = withSteps(line, "MASK=emails");
    assertThat(lines)
        .anyMatch(text -> text.startsWith("masked        user_agent by MASK=emails: Mozilla/5.0"));
    String json = lines.get(lines.size() - 1);
    String browser = json.replaceFirst(".*\"browser\":\"([^\"]*)\".*", "$1");
    assertThat(lines).anyMatch(text -> text.startsWith("browser       " + browser));
  }

  @Test
  void saysWhichStepRejectsOrWarns() {
    String schema = "SCHEMA_FILE=../samples/steps.schema.json";
    String line = LINE.replace("\" 200 ", "\" 404 ");
    assertThat(withSteps(line, "SCHEMA_CHECK=warn", schema))
        .contains("outcome       ENRICHED_WITH_WARNINGS: schema_violation");
    assertThat(withSteps(line, "SCHEMA_CHECK=reject", schema))
        .contains("outcome       REJECTED: SCHEMA_VIOLATION at offset 0");
  }

  @Test
  void explainsARecordOfAnEarlierStage() {
    String line = "{\"host\":\"203.0.113.42\",\"request\":\"GET /a.php HTTP/1.1\"}";
    assertThat(lines(explain("", "--format", "flat", line)))
        .anyMatch(text -> text.matches(" +remote_host +0-12 +203\\.0\\.113\\.42"))
        .anyMatch(text -> text.matches(" +request_line +12-31 +GET /a\\.php HTTP/1\\.1"))
        .contains(
            "client        203.0.113.42 (as logged: the format has no X-Forwarded-For)",
            "webpage       a",
            "outcome       ENRICHED");
  }

  @Test
  void anEmptyLineAndOneThatIsTooLongAreExplainedToo() {
    assertThat(lines(explain("", ""))).contains("outcome       REJECTED: EMPTY_LINE at offset 0");
    assertThat(lines(explain("x".repeat(3_000_000), "--set", "MAX_LINE_BYTES=1000", "-")))
        .contains("outcome       REJECTED: LINE_TOO_LONG at offset 1000");
  }

  @Test
  void severalLinesOrNoneAreWrongUsage() {
    assertThat(explain("", "a\nb").exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(explain("", "-").exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(explain("", "--format", "%z", "x").errLines())
        .singleElement()
        .asString()
        .contains("explain: --format: LOG_FORMAT is wrong");
  }
}
