package dev.sluice.cli.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.explain.ExplainCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** docs/enrich.md: its commands show every option, and it names every one. */
class EnrichPageTest {
  private static final Path PAGE = Path.of("..", "docs", "enrich.md");
  private static final Pattern OPTION_IN_TABLE = Pattern.compile("`(--?[a-z-]+)[^`]*`(?=.*\\|)");

  @Test
  void everyOptionIsShownAtWork() throws IOException {
    String commands = String.join("\n", PageCommands.of("enrich.md"));
    assertThat(commands)
        .contains(
            "--format '",
            "--profile ecs",
            "--geoip ",
            "--asn ",
            "--parser regex",
            "--threads 1",
            "--config ",
            "--set ",
            "--rejects ",
            "./sluice explain ");
  }

  @Test
  void theTableHasTheOptionsOfBothCommands() throws IOException {
    var inTable = new TreeSet<String>();
    for (String line : Files.readAllLines(PAGE)) {
      Matcher option = OPTION_IN_TABLE.matcher(line.startsWith("| `-") ? line : "");
      while (option.find()) {
        inTable.add(option.group(1));
      }
    }
    var known = new TreeSet<String>();
    for (Object command : new Object[] {new EnrichCommand(), new ExplainCommand()}) {
      for (OptionSpec option : new CommandLine(command).getCommandSpec().options()) {
        known.addAll(List.of(option.names()));
      }
    }
    assertThat(inTable).isEqualTo(known);
  }
}
