package dev.sluice.cli.enrich;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.CommandRun;
import dev.sluice.cli.ExitCode;
import dev.sluice.cli.Sluice;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;

/**
 * Runs the commands of a page, in its order, and compares what they write with the page. A command
 * stands behind {@code $} in a fenced block that is tagged {@code run}; what it writes follows,
 * standard error last, the summary up to its semicolon. Known are {@code ./sluice enrich} and
 * {@code explain}, {@code cat} of a file that a command has written, {@code < file}, {@code >
 * /dev/null}, the pipe that leaves the summary only, and {@code ; echo $?}; without that, a command
 * must end with 0. {@code -Ddocs.rewrite=true} writes into the page.
 */
public final class PageCommands {
  private static final String FENCE = "```";
  private static final Pattern RUN = Pattern.compile(FENCE + ".*\\brun\\b.*");
  private static final String PROMPT = "$ ";
  private static final String CAT = "cat ";
  private static final String NO_OUTPUT = " > /dev/null";
  private static final String SUMMARY_ONLY = " 2>&1 > /dev/null | head -n 1";
  private static final String ECHO_EXIT_CODE = "; echo $?";
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

  /** The folder of a checkout, where the commands of a page run, seen from this module. */
  private static final String CHECKOUT = "../";

  private final Path page;
  private final Path written;
  private final List<String> commands = new ArrayList<>();

  /**
   * @param written folder for the files that commands write
   */
  public PageCommands(Path page, Path written) {
    this.page = page;
    this.written = written;
  }

  /** The commands of a page of docs, which another test runs. */
  static List<String> of(String page) throws IOException {
    return Files.readAllLines(Path.of("..", "docs", page)).stream()
        .filter(line -> line.startsWith(PROMPT))
        .map(line -> line.substring(PROMPT.length()))
        .toList();
  }

  /** Runs and compares; returns the commands. */
  public List<String> check() throws IOException {
    var expected = new ArrayList<String>();
    boolean inRun = false;
    boolean inOutput = false;
    for (String line : Files.readAllLines(page)) {
      inOutput &= !line.startsWith(FENCE) && !line.startsWith(PROMPT);
      if (!inOutput) {
        expected.add(line);
      }
      if (inRun && line.startsWith(PROMPT)) {
        String command = line.substring(PROMPT.length());
        output(command).forEach(each -> expected.add(each.stripTrailing()));
        commands.add(command);
        inOutput = true;
      } else if (line.startsWith(FENCE)) {
        inRun = !inRun && RUN.matcher(line).matches();
      }
    }
    if (Boolean.getBoolean("docs.rewrite")) {
      Files.write(page, expected);
    }
    assertThat(Files.readAllLines(page)).isEqualTo(expected);
    return List.copyOf(commands);
  }

  private List<String> output(String command) throws IOException {
    if (command.endsWith(SUMMARY_ONLY)) {
      return output(command.replace(SUMMARY_ONLY, NO_OUTPUT)).subList(0, 1);
    }
    if (command.startsWith(CAT)) {
      return Files.readAllLines(written.resolve(command.substring(CAT.length())));
    }
    boolean tellsExitCode = command.endsWith(ECHO_EXIT_CODE);
    String withoutEcho = command.replace(ECHO_EXIT_CODE, "");
    String[] parts = withoutEcho.replace(NO_OUTPUT, "").split(" < ");
    byte[] input =
        parts.length == 1 ? new byte[0] : Files.readAllBytes(Path.of(CHECKOUT).resolve(parts[1]));
    var out = new ByteArrayOutputStream();
    CommandRun run = run(arguments(parts[0]), input, out);
    var lines = new ArrayList<String>();
    if (!withoutEcho.endsWith(NO_OUTPUT)) {
      lines.addAll(out.toString(UTF_8).lines().toList());
      lines.addAll(run.out().lines().toList());
    }
    run.errLines().forEach(line -> lines.add(asOnThePage(line)));
    if (tellsExitCode) {
      lines.add(Integer.toString(run.exitCode()));
    } else {
      assertThat(run.exitCode()).as("%s: %s", command, run.err()).isEqualTo(ExitCode.OK);
    }
    return lines;
  }

  private static CommandRun run(List<String> words, byte[] input, ByteArrayOutputStream out) {
    assertThat(words.get(0)).isEqualTo("./sluice");
    if (!words.get(1).equals("enrich")) {
      return CommandRun.of(words.subList(1, words.size()).toArray(String[]::new));
    }
    var enrich = new EnrichCommand(new ByteArrayInputStream(input), out);
    return CommandRun.of(
        Sluice.configured(new CommandLine(enrich)),
        words.subList(2, words.size()).toArray(String[]::new));
  }

  private List<String> arguments(String command) {
    var arguments = new ArrayList<String>();
    Matcher word = WORD.matcher(command);
    while (word.find()) {
      if (word.group(3) == null) {
        arguments.add(word.group(1) != null ? word.group(1) : word.group(2));
      } else {
        boolean isOutput = arguments.contains("--rejects") && word.group().equals("rejects.json");
        arguments.add(
            isOutput
                ? written.resolve(word.group()).toString()
                : word.group().replaceFirst("^(\\w+=)?samples/", "$1" + CHECKOUT + "samples/"));
      }
    }
    return arguments;
  }

  private String asOnThePage(String message) {
    return message
        .replaceFirst("; [0-9.]+ s, .*", "")
        .replace(CHECKOUT + "samples/", "samples/")
        .replace(written + "/", "")
        .replaceFirst("^(enrich|explain):", "sluice $1:")
        .replaceFirst("'\\./(enrich|explain) ", "'./sluice $1 ");
  }
}
