package dev.sluice.cli.settings;

import dev.sluice.enricher.InvalidSettingsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Keys of a command that were set in a file or by {@code --set}, over those of the environment. */
public final class CommandKeys {

  private final List<String> known;
  private final String owner;
  private final Map<String, String> given = new HashMap<>();
  private final List<String> problems = new ArrayList<>();

  /**
   * @param known every key there is
   * @param owner whose keys they are, for problems
   */
  public CommandKeys(List<String> known, String owner) {
    this.known = List.copyOf(known);
    this.owner = owner;
  }

  /** Takes all keys of a properties file. */
  public void addFile(Path file) {
    SettingsFile read = SettingsFile.read(file);
    problems.addAll(read.problems());
    read.entries().forEach((key, entry) -> add(key, entry.value(), read.place(entry.line())));
  }

  /** Takes {@code KEY=VALUE}. */
  public void addAssignment(String assignment) {
    int equals = assignment.indexOf('=');
    if (equals < 1) {
      problems.add("--set: \"" + assignment + "\" is not KEY=VALUE");
    } else {
      add(assignment.substring(0, equals).strip(), assignment.substring(equals + 1), "--set: ");
    }
  }

  private void add(String key, String value, String place) {
    if (known.contains(key)) {
      given.put(key, value);
      return;
    }
    String meant = NearestKey.of(key, known).map(near -> "; did you mean " + near + "?").orElse("");
    problems.add(place + key + " is no key of " + owner + meant);
  }

  /**
   * What holds: the keys given here, and behind them those of another source.
   *
   * @throws InvalidSettingsException with every key that is none
   */
  public Function<String, String> over(Function<String, String> environment) {
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(problems);
    }
    return key -> given.containsKey(key) ? given.get(key) : environment.apply(key);
  }
}
