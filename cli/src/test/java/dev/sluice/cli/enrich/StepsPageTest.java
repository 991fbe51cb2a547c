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
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * Runs every command of docs/steps.md and compares what it writes with the page. {@code
 * -Ddocs.rewrite=true} writes that into the page.
 */
class StepsPageTest {
  private static final Path PAGE = Path.of("..", "docs", "steps.md");
  private static final String INDENT = "    ";
  private static final String COMMAND = INDENT + "$ ./sluice enrich ";
  private static final String NO_OUTPUT = " > /dev/null";
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  @Test
  void everyCommandWritesWhatThePageSays() throws IOException {
    List<String> page = Files.readAllLines(PAGE);
    var expected = new ArrayList<String>();
    int commands = 0;
    boolean inOutput = false;
    for (String line : page) {
      inOutput &= line.startsWith(INDENT) && !line.startsWith(COMMAND);
      if (!inOutput) {
        expected.add(line);
      }
      if (line.startsWith(COMMAND)) {
        output(line.substring(COMMAND.length())).forEach(each -> expected.add(INDENT + each));
        inOutput = true;
        commands++;
      }
    }
    assertThat(commands).isGreaterThanOrEqualTo(8);
    if (Boolean.getBoolean("docs.rewrite")) {
      Files.write(PAGE, expected);
    }
    assertThat(Files.readAllLines(PAGE)).isEqualTo(expected);
  }

  /** The JSON lines, and the books of the summary. */
  private static List<String> output(String command) throws IOException {
    boolean wantsLines = !command.endsWith(NO_OUTPUT);
    var arguments = new ArrayList<String>();
    String[] parts = command.replace(NO_OUTPUT, "").split(" < ");
    byte[] input =
        parts.length == 1 ? new byte[0] : Files.readAllBytes(Path.of("..").resolve(parts[1]));
    Matcher word = WORD.matcher(parts[0]);
    while (word.find()) {
      String text = word.group(1) != null ? word.group(1) : word.group(2);
      arguments.add(text.replaceFirst("^(SCHEMA_FILE=)?samples/", "$1../samples/"));
    }
    var out = new ByteArrayOutputStream();
    var enrich =
        Sluice.configured(new CommandLine(new EnrichCommand(new ByteArrayInputStream(input), out)));
    CommandRun run = CommandRun.of(enrich, arguments.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.OK);
    var lines = new ArrayList<String>();
    if (wantsLines) {
      lines.addAll(out.toString(UTF_8).lines().toList());
    }
    lines.add(run.errLines().get(0).replaceFirst(";.*", ""));
    return lines;
  }
}
