package dev.sluice.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/consumer.md says of columns and files is so, and no metric is forgotten. */
class ConsumerPageTest {
  private static final Path ROOT = Path.of("..", "..");
  private static final Pattern METER =
      Pattern.compile("(?:counter|count|builder)\\(\\s*\"([A-Z]\\w+)\"");
  private static final Pattern COLUMN = Pattern.compile("(\\w+) (string|struct<[^>]*>)");

  private final String page = read(ROOT.resolve("docs").resolve("consumer.md"));

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theTableOfAthenaHasTheKeysOfALineInTheirOrder() throws IOException {
    String table =
        page.substring(page.indexOf("CREATE EXTERNAL TABLE"), page.indexOf("PARTITIONED BY"));
    var columns = new ArrayList<String>();
    var found = COLUMN.matcher(table);
    String all = read(ROOT.resolve("docs").resolve("glue-flat.sql"));
    while (found.find()) {
      columns.add(found.group(1));
      assertThat(all).contains('`' + found.group(1) + "` " + found.group(2));
    }
    String line =
        read(ROOT.resolve("README.md"))
            .lines()
            .filter(text -> text.startsWith("{\"host\":"))
            .findFirst()
            .orElseThrow();
    var keys = new ArrayList<String>();
    new JsonMapper().readTree(line).fieldNames().forEachRemaining(keys::add);
    assertThat(columns).isEqualTo(keys);
  }

  /** Also those that {@link MetricsPageTest} would not bring about. */
  @Test
  void everyMetricThatTheSourceNamesIsExplained() throws IOException {
    Set<String> names = new TreeSet<>();
    try (Stream<Path> sources = Files.walk(Path.of("src", "main", "java"))) {
      for (Path source : sources.filter(file -> file.toString().endsWith(".java")).toList()) {
        var found = METER.matcher(read(source));
        while (found.find()) {
          names.add(found.group(1));
        }
      }
    }
    String explained = read(ROOT.resolve("docs").resolve("metrics.md"));
    assertThat(names)
        .contains("EnrichedLines", "SubscriptionRestarts", "MillisBehindLatestMax")
        .allSatisfy(name -> assertThat(explained).containsPattern("`" + name + "[`.]"));
  }

  @Test
  void everyFileThatThePageNamesIsThere() {
    List<String> links =
        Pattern.compile("\\]\\(([^)#]+)[)#]").matcher(page).results().map(m -> m.group(1)).toList();
    assertThat(links).isNotEmpty();
    for (String link : links) {
      assertThat(ROOT.resolve("docs").resolve(link)).as(link).exists();
    }
  }
}
