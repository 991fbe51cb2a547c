package dev.sluice.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dashboards.alarms.AlarmGuide;
import dev.sluice.dashboards.alarms.AlarmRule;
import dev.sluice.dashboards.alarms.Alarms;
import dev.sluice.dashboards.monitoring.Parameter;
import dev.sluice.dashboards.monitoring.Parameters;
import dev.sluice.dashboards.queries.SavedQuery;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Holds docs/operate.md to the alarms, queries and parameters in the code. {@code
 * -Ddocs.rewrite=true} writes them into the page.
 */
class OperatePageTest {
  static final Path PAGE = Path.of("..", "docs", "operate.md");

  @Test
  void hasEveryAlarmQueryAndParameter() throws IOException {
    String expected = expected(Files.readString(PAGE));
    if (Boolean.getBoolean("docs.rewrite")) {
      Files.writeString(PAGE, expected);
    }

    assertThat(Files.readString(PAGE)).isEqualTo(expected);
  }

  @Test
  void anAlarmThatChangesChangesThePage() throws IOException {
    String page = expected(Files.readString(PAGE));
    String changed = page.replace(AlarmGuide.CONSUMER_SILENT.action(), "Wait.");

    assertThat(changed).isNotEqualTo(page);
    assertThat(expected(changed)).isEqualTo(page);
  }

  @Test
  void anchorsAreThoseOfTheHeadings() {
    for (AlarmGuide guide : AlarmGuide.values()) {
      assertThat(guide.anchor()).isEqualTo(Anchors.of(guide.title()));
    }
  }

  private static String expected(String page) {
    String filled = filled(page, "parameters", parameters());
    filled = filled(filled, "queries", queries());
    return filled(filled, "alarms", alarms());
  }

  private static String filled(String page, String block, List<String> lines) {
    String begin = "<!-- " + block + " -->\n";
    int from = page.indexOf(begin) + begin.length();
    int to = page.indexOf("<!-- /" + block + " -->");
    assertThat(to).as("block %s of %s", block, PAGE).isGreaterThanOrEqualTo(from);
    return page.substring(0, from) + String.join("\n", lines) + "\n" + page.substring(to);
  }

  private static List<String> parameters() {
    var lines = new ArrayList<String>();
    lines.add("| parameter | default | is |");
    lines.add("|---|---|---|");
    for (Parameter each : Parameters.all()) {
      String value =
          each.defaultValue()
              .map(text -> text.isEmpty() ? "" : "`" + text + "`")
              .orElse("required");
      String about = each.description().replace(" Empty: it is not watched.", "");
      lines.add("| `%s` | %s | %s |".formatted(each.id(), value, about));
    }
    return lines;
  }

  private static List<String> queries() {
    var lines = new ArrayList<String>();
    lines.add("| query | of | tells |");
    lines.add("|---|---|---|");
    for (SavedQuery query : SavedQuery.values()) {
      lines.add("| `%s` | %s | %s |".formatted(query.title(), query.logs().words(), query.tells()));
    }
    return lines;
  }

  private static List<String> alarms() {
    var lines = new ArrayList<String>();
    for (AlarmGuide guide : AlarmGuide.values()) {
      lines.add("### " + guide.title());
      lines.add("");
      lines.add("*" + guide.urgency().name().toLowerCase(Locale.ROOT) + "* " + guide.meaning());
      lines.add("");
      lines.add("- Likely cause: " + guide.cause());
      lines.add("- What to do: " + guide.action());
      lines.add("");
      lines.add("| alarm | rings when | with |");
      lines.add("|---|---|---|");
      var alike = new LinkedHashMap<String, List<AlarmRule>>();
      Alarms.all().stream()
          .filter(rule -> rule.guide() == guide)
          .forEach(rule -> alike.computeIfAbsent(rings(rule), key -> new ArrayList<>()).add(rule));
      alike.forEach((rings, rules) -> lines.add(row(rings, rules)));
      lines.add("");
    }
    lines.remove(lines.size() - 1);
    return lines;
  }

  private static String row(String rings, List<AlarmRule> rules) {
    String names =
        rules.stream().map(rule -> "`" + rule.id() + "`").collect(Collectors.joining("<br>"));
    String given =
        rules.stream()
            .flatMap(rule -> rule.condition().stream())
            .map(condition -> "`" + condition.substring("Has".length()) + "`")
            .collect(Collectors.joining("<br>"));
    return "| %s | %s | %s |".formatted(names, rings, given);
  }

  private static String rings(AlarmRule rule) {
    String value =
        rule.expression()
            .orElseGet(
                () -> rule.metrics().get(0).name() + " (" + rule.metrics().get(0).statistic() + ")")
            .replaceAll("[$][{][A-Za-z]+(Timeout|RetentionHours)}", "$1")
            .replaceAll("[$][{]([A-Za-z]+)}", "$1");
    return "`%s` %s %s, %d of %d × %d s"
        .formatted(
            value,
            rule.bad() == AlarmRule.Bad.ABOVE ? ">" : "<",
            BigDecimal.valueOf(rule.threshold()).stripTrailingZeros().toPlainString(),
            rule.datapoints(),
            rule.periods(),
            rule.period());
  }
}
