package dev.sluice.local.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * docs/metrics.md as a program reads it: what stands between a line {@code <!-- metrics
 * emitter="..." setting="..." namespace="..." -->} and the end of the table behind it.
 */
public final class MetricsPage {
  private static final Path PLACE = Path.of("docs", "metrics.md");
  private static final Pattern MARKER =
      Pattern.compile(
          "<!-- metrics emitter=\"([^\"]+)\" setting=\"([^\"]*)\" namespace=\"([^\"]*)\" -->");
  private static final String BEGINNING = "<!-- metrics";
  private static final String HEADER = "| metric | unit | dimensions | meaning |";
  private static final String RULE = "|---|---|---|---|";
  private static final Pattern ROW =
      Pattern.compile("\\| `([^`]+)` \\| ([A-Z][A-Za-z/]*) \\| ([^|]*)\\| (\\S[^|]*) \\|");
  private static final Pattern DIMENSION = Pattern.compile("`([^`]+)`");

  private final Map<String, MetricTable> tables;

  private MetricsPage(Map<String, MetricTable> tables) {
    this.tables = tables;
  }

  /**
   * The page of the checkout that this process was started in, in whichever folder of it.
   *
   * @throws IllegalArgumentException if a table is not as it should be
   */
  public static MetricsPage ofThisCheckout() throws IOException {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.isRegularFile(folder.resolve(PLACE))) {
        return of(Files.readAllLines(folder.resolve(PLACE)));
      }
    }
    throw new IOException("no " + PLACE + " above " + Path.of("").toAbsolutePath());
  }

  /**
   * @throws IllegalArgumentException if a table is not as it should be
   */
  static MetricsPage of(List<String> lines) {
    var tables = new HashMap<String, MetricTable>();
    ListIterator<String> rest = lines.listIterator();
    while (rest.hasNext()) {
      String line = rest.next();
      if (!line.startsWith(BEGINNING)) {
        continue;
      }
      Matcher marker = MARKER.matcher(line);
      if (!marker.matches()) {
        throw new IllegalArgumentException("not a marker of a table: " + line);
      }
      MetricTable table =
          new MetricTable(marker.group(1), marker.group(2), marker.group(3), meanings(rest));
      if (tables.put(table.emitter(), table) != null) {
        throw new IllegalArgumentException("two tables of " + table.emitter());
      }
    }
    return new MetricsPage(tables);
  }

  private static TreeMap<MetricName, String> meanings(ListIterator<String> rest) {
    expect(HEADER, rest);
    expect(RULE, rest);
    var meanings = new TreeMap<MetricName, String>();
    while (rest.hasNext()) {
      String line = rest.next();
      if (!line.startsWith("|")) {
        rest.previous(); // it may be the next marker
        break;
      }
      Matcher row = ROW.matcher(line);
      if (!row.matches()) {
        throw new IllegalArgumentException("not a row of a metric: " + line);
      }
      List<String> dimensions =
          DIMENSION.matcher(row.group(3)).results().map(found -> found.group(1)).toList();
      if (meanings.put(MetricName.of(row.group(1), row.group(2), dimensions), row.group(4))
          != null) {
        throw new IllegalArgumentException("twice in a table: " + line);
      }
    }
    return meanings;
  }

  private static void expect(String wanted, ListIterator<String> rest) {
    String line = rest.hasNext() ? rest.next() : "";
    if (!line.equals(wanted)) {
      throw new IllegalArgumentException("expected " + wanted + ", found " + line);
    }
  }

  /** All tables, in no order. */
  public Stream<MetricTable> tables() {
    return tables.values().stream();
  }

  /**
   * The table of an emitter.
   *
   * @throws IllegalArgumentException if there is none
   */
  public MetricTable table(String emitter) {
    MetricTable table = tables.get(emitter);
    if (table == null) {
      throw new IllegalArgumentException("no table of " + emitter);
    }
    return table;
  }
}
