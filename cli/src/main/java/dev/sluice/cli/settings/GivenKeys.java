package dev.sluice.cli.settings;

import dev.sluice.consumer.ConsumerSettings;
import dev.sluice.enricher.EnricherSettings;
import dev.sluice.enricher.InvalidSettingsException;
import dev.sluice.enricher.SettingKey;
import dev.sluice.enricher.Settings;
import dev.sluice.fanout.FanOutSettings;
import dev.sluice.lookups.LookupSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keys from everywhere a user can set them, in one map; the later one holds. Remembers where each
 * came from, so that a problem can name its place.
 */
final class GivenKeys {
  /** What the AWS SDK reads: never ours, whatever follows. */
  private static final String AWS_PREFIX = "AWS_";

  /** Unit of the keys whose value is a file to read: {@link SettingKey#unit()}. */
  private static final String FILE_UNIT = "file";

  private static final Set<String> KNOWN = names(EnricherSettings.keys());
  private static final Set<String> OF_THE_CONSUMER =
      names(
          Stream.of(ConsumerSettings.keys(), LookupSettings.keys(), FanOutSettings.keys())
              .flatMap(List::stream)
              .toList());

  private final Map<String, Given> given = new HashMap<>();
  private final List<String> problems = new ArrayList<>();

  /**
   * @param place how a problem with the value starts
   */
  private record Given(String value, String place) {}

  private static Set<String> names(List<SettingKey> keys) {
    return keys.stream().map(SettingKey::name).collect(Collectors.toUnmodifiableSet());
  }

  /** Takes the enricher's keys of a file that may hold those of the consumer too. */
  void addFile(Path file) {
    SettingsFile read = SettingsFile.read(file);
    problems.addAll(read.problems());
    read.entries()
        .forEach(
            (key, entry) -> {
              String place = read.place(entry.line());
              if (!OF_THE_CONSUMER.contains(key) && !key.startsWith(AWS_PREFIX)) {
                addKnown(key, entry.value(), place);
              }
            });
  }

  /** Takes {@code KEY=VALUE}. */
  void addAssignment(String assignment) {
    int equals = assignment.indexOf('=');
    if (equals < 1) {
      problems.add("--set: \"" + assignment + "\" is not KEY=VALUE");
      return;
    }
    String key = assignment.substring(0, equals).strip();
    if (OF_THE_CONSUMER.contains(key)) {
      problems.add("--set: " + key + " is a key of the consumer and does nothing here");
    } else {
      addKnown(key, assignment.substring(equals + 1), "--set: ");
    }
  }

  /** Takes the value of an option that stands for a key; null where it was not named. */
  void addOption(String option, String key, String value) {
    if (value != null) {
      given.put(key, new Given(value, option + ": "));
    }
  }

  private void addKnown(String key, String value, String place) {
    if (KNOWN.contains(key)) {
      given.put(key, new Given(value, place));
      return;
    }
    String meant = NearestKey.of(key, KNOWN).map(near -> "; did you mean " + near + "?").orElse("");
    problems.add(place + key + " is no key of the enricher" + meant);
  }

  /**
   * The settings of the enricher.
   *
   * @throws InvalidSettingsException with every problem of every place
   */
  EnricherSettings settings() {
    var keys = new Settings(key -> given.containsKey(key) ? given.get(key).value() : null);
    EnricherSettings settings = EnricherSettings.from(keys);
    for (SettingKey key : EnricherSettings.keys()) {
      if (key.unit().equals(FILE_UNIT)) {
        keys.path(key.name()).ifPresent(file -> requireReadable(key.name(), file, keys));
      }
    }
    try {
      keys.throwIfInvalid();
    } catch (InvalidSettingsException wrong) {
      wrong.problems().stream().distinct().map(this::placed).forEach(problems::add);
    }
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(problems);
    }
    return settings;
  }

  private static void requireReadable(String key, Path file, Settings settings) {
    if (!Files.exists(file)) {
      settings.problem(key, "names no such file: " + file);
    } else if (Files.isDirectory(file)) {
      settings.problem(key, "names a directory: " + file);
    } else if (!Files.isReadable(file)) {
      settings.problem(key, "names a file that cannot be read: " + file);
    }
  }

  /** A problem starts with its key. */
  private String placed(String problem) {
    Given where = given.get(problem.split(" ", 2)[0]);
    return where == null ? problem : where.place() + problem;
  }
}
