package dev.sluice.cli.enrich;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.CommandRun;
import dev.sluice.cli.ExitCode;
import dev.sluice.cli.Sluice;
import dev.sluice.enricher.GoldenFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What the golden files say of the library holds for the command. */
class GoldenCommandTest {
  private static final Pattern REJECT =
      Pattern.compile("\\{\"reason\":\"([A-Z_]+)\",\"offset\":(\\d+),\"line_number\":(\\d+),.*");

  @TempDir private Path folder;

  /** The format strings of real servers: one command each. */
  static List<GoldenFile.Case> logFormats() {
    return GoldenFile.allCases().stream()
        .filter(golden -> golden.file().equals("log_formats.golden"))
        .toList();
  }

  @Test
  void thereAreTenLogFormatsOfRealServers() {
    assertThat(logFormats().stream().map(golden -> golden.settings().get("LOG_FORMAT")).distinct())
        .hasSizeGreaterThanOrEqualTo(10)
        .allSatisfy(format -> assertThat(format).contains("%"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("logFormats")
  void aLogFormatOfARealServerIsTakenByOption(GoldenFile.Case golden) throws IOException {
    assertAnswers(golden.settings(), List.of(golden), "--threads", "1");
  }

  /** All cases whose answer does not depend on where the line comes from, by their settings. */
  static Collection<List<GoldenFile.Case>> casesWithTheSameSettings() {
    return GoldenFile.allCases().stream()
        .filter(golden -> golden.from().isEmpty())
        .filter(golden -> !golden.settings().getOrDefault("OUTPUT_GROUPS", "").contains("event_id"))
        .filter(golden -> new String(golden.line(), UTF_8).indexOf('\n') < 0)
        .collect(groupingBy(GoldenFile.Case::settings))
        .values();
  }

  @Test
  void hardlyAnyGoldenCaseIsLeftOut() {
    int taken = casesWithTheSameSettings().stream().mapToInt(List::size).sum();
    assertThat(taken).isGreaterThan(GoldenFile.allCases().size() * 9 / 10);
  }

  @ParameterizedTest
  @CsvSource({"1, scanner", "2, scanner", "1, regex", "2, regex"})
  void everyGoldenLineIsAnsweredByTheCommand(String threads, String parser) throws IOException {
    for (List<GoldenFile.Case> cases : casesWithTheSameSettings()) {
      assertAnswers(cases.get(0).settings(), cases, "--threads", threads, "--parser", parser);
    }
  }

  private void assertAnswers(
      Map<String, String> settings, List<GoldenFile.Case> cases, String... options)
      throws IOException {
    Path rejects = folder.resolve("rejects.json");
    var arguments = new ArrayList<>(List.of(options));
    arguments.addAll(List.of("--rejects", rejects.toString()));
    settings.forEach(
        (key, value) -> {
          boolean isFormat = key.equals("LOG_FORMAT");
          arguments.add(isFormat ? "--format" : "--set");
          arguments.add(isFormat ? value : key + '=' + fromHere(value));
        });
    var lines = new ByteArrayOutputStream();
    for (GoldenFile.Case golden : cases) {
      lines.write(golden.line());
      lines.write('\n');
    }
    var out = new ByteArrayOutputStream();
    var command = new EnrichCommand(new ByteArrayInputStream(lines.toByteArray()), out);
    CommandRun run =
        CommandRun.of(
            Sluice.configured(new CommandLine(command)), arguments.toArray(String[]::new));
    assertThat(run.exitCode()).as("%s: %s", arguments, run.err()).isEqualTo(ExitCode.OK);
    assertThat(answers(out.toString(UTF_8).lines().toList(), rejects, cases.size()))
        .as(arguments.toString())
        .isEqualTo(cases.stream().map(golden -> golden.expected().substring(6)).toList());
    long warnings = cases.stream().filter(golden -> golden.expected().startsWith("warn")).count();
    assertThat(run.err()).contains(" (" + warnings + " of them with warnings)");
  }

  /** A value of a golden file; one that names a file starts in the folder of its module. */
  private static String fromHere(String value) {
    Path file = Path.of("..", "enricher", "core").resolve(value);
    return Files.exists(file) ? file.toString() : value;
  }

  /** The answers in the order of the lines: JSON, or a reject as a golden file writes it. */
  private static List<String> answers(List<String> json, Path rejects, int lines)
      throws IOException {
    var answers = new ArrayList<String>();
    var rest = json.iterator();
    Map<Integer, String> rejected = rejects(rejects);
    for (int number = 1; number <= lines; number++) {
      String answer = rejected.get(number);
      answers.add(answer != null ? answer : rest.hasNext() ? rest.next() : "nothing");
    }
    rest.forEachRemaining(answers::add);
    return answers;
  }

  private static Map<Integer, String> rejects(Path file) throws IOException {
    var rejects = new LinkedHashMap<Integer, String>();
    for (String document : Files.readAllLines(file)) {
      Matcher parts = REJECT.matcher(document);
      assertThat(parts.matches()).as(document).isTrue();
      rejects.put(Integer.parseInt(parts.group(3)), parts.group(1) + " at " + parts.group(2));
    }
    return rejects;
  }
}
