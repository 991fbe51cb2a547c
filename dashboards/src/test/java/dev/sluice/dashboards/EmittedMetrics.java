package dev.sluice.dashboards;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The tables of docs/metrics.md, which tests of the emitting modules hold to their code. */
final class EmittedMetrics {
  private static final Pattern TABLE =
      Pattern.compile(
          "<!-- metrics emitter=\"([^\"]*)\" setting=\"[^\"]*\" namespace=\"([^\"]*)\" -->");
  private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

  /** In place of the application's name, which is KCL's namespace. */
  static final String KCL = "KCL";

  private static final int METRIC = 1;
  private static final int DIMENSIONS = 3;

  /** Of the emitters whose one dimension is the function, by the parameter with its name. */
  private static final Map<String, String> FUNCTIONS =
      Map.of(
          "fan-out-alerts", "FanOutAlertsFunction",
          "fan-out-enrich", "FanOutEnrichFunction",
          "fan-out-metrics", "FanOutMetricsFunction",
          "files", "FilesFunction",
          "tweets", "TweetsFunction",
          "registrations", "RegistrationsFunction",
          "windows", "WindowsFunction");

  private EmittedMetrics() {}

  /**
   * One row.
   *
   * @param dimensions sorted; that of a function with the parameter that names it
   */
  record Emitted(String emitter, String namespace, String name, TreeSet<String> dimensions) {
    String key() {
      return MetricUse.key(namespace, name, dimensions);
    }

    /** As {@code unused-metrics.txt} names it. */
    String words() {
      return emitter
          + " "
          + name
          + (dimensions.isEmpty() ? "" : " " + String.join(" ", dimensions));
    }
  }

  static List<Emitted> read(String page) {
    var all = new ArrayList<Emitted>();
    String emitter = "";
    String namespace = "";
    for (String line : page.lines().toList()) {
      Matcher table = TABLE.matcher(line);
      if (table.matches()) {
        emitter = table.group(1);
        namespace = emitter.equals("kcl") ? KCL : table.group(2);
      } else if (line.startsWith("| `") && !namespace.isEmpty()) {
        String[] cells = line.split("\\|");
        String name = quoted(cells[METRIC]).findFirst().orElseThrow();
        var dimensions = new TreeSet<String>(quoted(cells[DIMENSIONS]).toList());
        if (dimensions.remove("function")) {
          dimensions.add("function=" + FUNCTIONS.get(emitter));
        }
        all.add(new Emitted(emitter, namespace, name, dimensions));
      } else if (!line.startsWith("|")) {
        namespace = "";
      }
    }
    return all;
  }

  private static Stream<String> quoted(String cell) {
    return QUOTED.matcher(cell).results().map(found -> found.group(1));
  }
}
