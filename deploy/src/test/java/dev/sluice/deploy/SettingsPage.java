package dev.sluice.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * docs/settings.md, which is tested against the code: what a deployable reads, what of it has to be
 * set, and when.
 */
final class SettingsPage {
  private static final Pattern ROW =
      Pattern.compile("\\| `([A-Z0-9_]+)` \\| (?:`(.*?)`)? ?\\| (.*?) ?\\| (.*) \\|");
  private static final Pattern ALWAYS = Pattern.compile("(?:^|[.;] )[Rr]equired\\.$");
  private static final Pattern IN_MODE =
      Pattern.compile("required in mode (\\w+)(?: by the sink (\\w+))?");
  private static final Pattern BY = Pattern.compile("[Rr]equired by ([\\w-]+)");
  private static final List<String> ENRICHING = List.of("Enricher", "Look-ups");

  /** Tables of the page that make up the settings of each handler or main class. */
  static final Map<String, List<String>> TABLES =
      Map.of(
          "dev.sluice.firehose.FirehoseTransformHandler", and("Firehose function", ENRICHING),
          "dev.sluice.windows.WindowsHandler", List.of("Windows function"),
          "dev.sluice.registrations.RegistrationsHandler", List.of("Registrations function"),
          "dev.sluice.tweets.TweetsHandler", List.of("Tweets function"),
          "dev.sluice.functions.fanout.FanOutHandler",
              and("Fan-out", and("Fan-out function", ENRICHING)),
          "dev.sluice.files.FilesHandler", and("Files function", ENRICHING),
          "consumer", and("Fan-out", and("Consumer", ENRICHING)),
          "web", List.of("Web application"));

  record Setting(String key, String defaultValue, String unit, String meaning) {
    boolean isChoice() {
      return unit.matches("[a-z0-9_-]+(, [a-z0-9_-]+)+") && !unit.equals("random");
    }

    List<String> choices() {
      return List.of(unit.split(", "));
    }
  }

  private final Map<String, Setting> settings;

  private SettingsPage(Map<String, Setting> settings) {
    this.settings = settings;
  }

  /** The settings of one deployable. */
  static SettingsPage of(String deployable) {
    return of(deployable, lines());
  }

  static SettingsPage of(String deployable, List<String> page) {
    var settings = new LinkedHashMap<String, Setting>();
    for (String table : TABLES.get(deployable)) {
      settings.putAll(table(page, table));
    }
    return new SettingsPage(settings);
  }

  static List<String> lines() {
    try {
      return Files.readAllLines(Path.of("..", "docs", "settings.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Setting> table(List<String> page, String title) {
    var rows = new LinkedHashMap<String, Setting>();
    boolean inside = false;
    for (String line : page) {
      if (line.startsWith("## ")) {
        inside = line.matches("## " + title + "( \\(.*)?");
      }
      Matcher row = ROW.matcher(line);
      if (inside && row.matches()) {
        String value = Optional.ofNullable(row.group(2)).orElse("");
        rows.put(row.group(1), new Setting(row.group(1), value, row.group(3), row.group(4)));
      }
    }
    if (rows.isEmpty()) {
      throw new AssertionError("docs/settings.md has no table \"" + title + '"');
    }
    return rows;
  }

  private static List<String> and(String first, List<String> others) {
    var all = new ArrayList<>(List.of(first));
    all.addAll(others);
    return all;
  }

  /**
   * What is wrong with an environment.
   *
   * @param values each variable with its value; what AWS alone knows stands there as &lt;...&gt;
   */
  List<String> problems(Map<String, String> values) {
    var problems = new ArrayList<String>();
    values.forEach(
        (key, value) -> {
          Setting setting = settings.get(key);
          if (setting == null) {
            problems.add(key + ": no setting of it");
          } else if (setting.isChoice() && !value.isBlank()) {
            for (String part : value.split(",")) {
              if (!setting.choices().contains(part)) {
                problems.add(key + ": is " + value + ", expected " + setting.unit());
              }
            }
          }
        });
    settings.values().stream()
        .filter(setting -> isRequired(setting, values) && isBlank(values, setting.key()))
        .forEach(
            setting -> problems.add(setting.key() + ": is not set, but: " + setting.meaning()));
    return problems;
  }

  private boolean isRequired(Setting setting, Map<String, String> values) {
    Matcher mode = IN_MODE.matcher(setting.meaning());
    if (mode.find()) {
      return parts("MODE", values).contains(mode.group(1))
          && (mode.group(2) == null || parts("SINKS", values).contains(mode.group(2)));
    }
    Matcher by = BY.matcher(setting.meaning());
    if (by.find()) {
      return isAskedFor(by.group(1), values);
    }
    return ALWAYS.matcher(setting.meaning()).find();
  }

  /** Whether another setting is set, or one that offers this choice has it. */
  private boolean isAskedFor(String what, Map<String, String> values) {
    if (settings.containsKey(what)) {
      return !isBlank(values, what);
    }
    boolean asked = false;
    boolean offered = false;
    for (Setting other : settings.values()) {
      if (other.isChoice() && other.choices().contains(what)) {
        offered = true;
        asked |= parts(other.key(), values).contains(what);
      }
    }
    if (!offered) {
      throw new AssertionError("no setting has the choice " + what);
    }
    return asked;
  }

  private List<String> parts(String key, Map<String, String> values) {
    String value = values.getOrDefault(key, "");
    return List.of((value.isBlank() ? settings.get(key).defaultValue() : value).split(","));
  }

  private static boolean isBlank(Map<String, String> values, String key) {
    return values.getOrDefault(key, "").isBlank();
  }

  Map<String, Setting> settings() {
    return settings;
  }
}
