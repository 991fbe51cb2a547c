package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class SluiceTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "demoo                       | Unmatched argument at index 0: 'demoo'",
        "demo --colour               | Unknown option: '--colour'",
        "demo --lines many           | Invalid value for option '--lines': 'many' is not a long",
        "demo --lines 0              | --lines is 0, not 1 or more",
        "demo --function x.zip       | --function goes with --firehose",
        "demo --input missing.log    | no such file: missing.log",
        "demo --input pom.xml --geoip missing.mmdb | no such file: missing.mmdb",
        "demo --keep --all           | --keep goes without --firehose, --all and --lines",
        "demo --port 80              | --port is a port from 0 to 65535, with --keep",
        "demo --keep --port 70000    | --port is a port from 0 to 65535, with --keep",
        "web now                     | Unmatched argument at index 1: 'now'",
        "enrich missing.log          | no such file: missing.log",
        "enrich --threads 0 -        | --threads is 0, not from 1 to 256",
        "enrich --threads two -      | Invalid value for option '--threads'",
        "replay logs missing.log     | Missing required option: '--stream=S'",
        "replay logs --stream s x.log| no such file: x.log",
        "audit logs/enriched         | 'logs/enriched' is not s3://BUCKET/PREFIX",
        "audit                       | Missing required parameter",
        "redrive s3://logs/enriched  | Missing required option: '--stream=STREAM'",
        "redrive --stream s          | Name a queue (--queue URL), a place (s3://BUCKET/PREFIX)",
        "redrive --stream s logs     | 'logs' is not s3://BUCKET/PREFIX",
        "redrive --stream s --queue q| 'q' is not the URL of a queue",
        "redrive --stream s --limit 0 s3://a/b | --limit and --max-attempts must be above zero",
        "local-aws --s3-port x       | Invalid value for option '--s3-port'",
        "local-aws --function x.zip  | no such package of a function: x.zip",
        "local-aws --firehose-port x | Invalid value for option '--firehose-port'",
      })
  void wrongUsageIsOneLineAndExitCode2(String arguments, String message) {
    CommandRun run = CommandRun.of(arguments.strip().split(" "));
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.errLines()).hasSize(1);
    assertThat(run.err()).startsWith("sluice").contains(message.strip()).contains("--help");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void withoutACommandItSaysWhereToFindHelp() {
    CommandRun run = CommandRun.of();
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.errLines()).containsExactly("sluice: Name a command (see './sluice --help')");
  }

  @Test
  void aCommandThatIsNamedIsReadAlone() {
    assertThat(Sluice.commandLine("enrich", "audit").getSubcommands()).containsOnlyKeys("enrich");
    assertThat(Sluice.commandLine("--help").getSubcommands()).containsKeys("enrich", "demo");
    assertThat(Sluice.commandLine("enrihc").getSubcommands()).hasSizeGreaterThan(5);
  }

  @Test
  void problemsWithSettingsNameTheCommandInEveryLine() {
    CommandRun consume = CommandRun.of("consume");
    assertThat(consume.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(consume.errLines())
        .contains("sluice consume: STREAM_NAME is not set")
        .allSatisfy(line -> assertThat(line).startsWith("sluice consume: "));
    CommandRun enrich =
        CommandRun.of("enrich", "--set", "PARSER=x", "--profile", "none", "--format", "%z", "-");
    assertThat(enrich.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(enrich.errLines())
        .hasSize(3)
        .allSatisfy(line -> assertThat(line).startsWith("sluice enrich: "));
  }

  @Test
  void theVersionIsThatOfTheBuildAndOfTheNewestChanges() throws IOException {
    CommandRun run = CommandRun.of("--version");
    assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(run.out()).matches("sluice \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\\R");
    String version = run.out().strip().replace("sluice ", "");
    assertThat(Files.readString(Path.of("..", "pom.xml")))
        .contains("<artifactId>sluice</artifactId>\n  <version>" + version + "</version>");
    if (!version.endsWith("-SNAPSHOT")) {
      assertThat(Files.readString(Path.of("..", "CHANGELOG.md")))
          .containsPattern(
              "## \\[Unreleased\\][^#]*(### [^#]*)*## \\["
                  + Pattern.quote(version)
                  + "\\] - \\d{4}-");
    }
  }

  /** A distribution has all commands but those of the local stack, for which it has one line. */
  @Test
  void aDistributionSaysWhatRunsFromACheckoutAlone() {
    CommandLine distribution = SluiceDistribution.commandLine();
    for (String name : Sluice.commandLine().getSubcommands().keySet()) {
      assertThat(distribution.getSubcommands()).containsKey(name);
    }
    for (String command : List.of("demo --all --lines 5", "local-aws --help", "demo")) {
      String[] arguments = command.split(" ");
      CommandRun run = CommandRun.of(SluiceDistribution.commandLine(arguments), arguments);
      assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(run.errLines()).hasSize(1);
      assertThat(run.err()).contains("demo and local-aws run from a checkout of the sources");
    }
  }

  static List<String> commandsThatDoSomething() {
    var names = new ArrayList<String>();
    collect(Sluice.commandLine(), "", names);
    return names;
  }

  private static void collect(CommandLine command, String path, List<String> names) {
    command
        .getSubcommands()
        .forEach(
            (name, subcommand) -> {
              String full = (path + " " + name).strip();
              if (subcommand.getSubcommands().isEmpty()) {
                names.add(full);
              } else {
                collect(subcommand, full, names);
              }
            });
  }

  @ParameterizedTest
  @MethodSource("commandsThatDoSomething")
  void everyCommandHasHelpWithAnExample(String command) {
    CommandRun run = CommandRun.of((command + " --help").split(" "));
    assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(run.out()).contains("Usage: sluice " + command).containsPattern("Examples?:");
  }
}
