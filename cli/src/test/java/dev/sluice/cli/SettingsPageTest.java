package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.consumer.ConsumerSettings;
import dev.sluice.enricher.EnricherSettings;
import dev.sluice.enricher.SettingKey;
import dev.sluice.fanout.FanOutSettings;
import dev.sluice.files.FilesSettings;
import dev.sluice.firehose.FirehoseSettings;
import dev.sluice.functions.fanout.FanOutFunctionSettings;
import dev.sluice.lookups.LookupSettings;
import dev.sluice.registrations.RegistrationSettings;
import dev.sluice.tweets.TweetSettings;
import dev.sluice.web.WebSettings;
import dev.sluice.windows.WindowSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Holds docs/settings.md to the tables in the code. {@code -Ddocs.rewrite=true} writes them into
 * the page.
 */
class SettingsPageTest {

  private static final Path PAGE = Path.of("..", "docs", "settings.md");
  private static final String RULE = "|---|---|---|---|";

  @Test
  void namesEveryKeyWithItsDefaultUnitAndMeaning() throws IOException {
    List<String> page = Files.readAllLines(PAGE);
    List<String> expected =
        withTables(
            page,
            ConsumerSettings.keys(),
            FirehoseSettings.keys(),
            EnricherSettings.keys(),
            LookupSettings.keys(),
            FanOutSettings.keys(),
            WindowSettings.keys(),
            RegistrationSettings.keys(),
            TweetSettings.keys(),
            FanOutFunctionSettings.keys(),
            FilesSettings.keys(),
            webKeys());
    if (Boolean.getBoolean("docs.rewrite")) {
      Files.write(PAGE, expected);
    }
    assertThat(Files.readAllLines(PAGE)).isEqualTo(expected);
  }

  /** The web application knows none of our modules, so it has a table of its own kind. */
  private static List<SettingKey> webKeys() {
    return WebSettings.keys().stream()
        .map(key -> new SettingKey(key.name(), key.defaultValue(), key.unit(), key.meaning()))
        .toList();
  }

  /** The page with its tables, from the first to the last, filled from {@code tables}. */
  @SafeVarargs
  private static List<String> withTables(List<String> page, List<SettingKey>... tables) {
    var lines = new ArrayList<String>();
    int table = 0;
    boolean inTable = false;
    for (String line : page) {
      inTable &= line.startsWith("|");
      if (!inTable) {
        lines.add(line);
      }
      if (line.equals(RULE)) {
        tables[table++].forEach(key -> lines.add(row(key)));
        inTable = true;
      }
    }
    assertThat(table).as("tables in %s", PAGE).isEqualTo(tables.length);
    return lines;
  }

  private static String row(SettingKey key) {
    String defaultValue = key.defaultValue().isEmpty() ? "" : "`" + key.defaultValue() + "`";
    return String.format(
        "| `%s` | %s | %s | %s |", key.name(), defaultValue, key.unit(), key.meaning());
  }
}
