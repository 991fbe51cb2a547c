package dev.sluice.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.enricher.BuiltInFormat;
import dev.sluice.enricher.EnricherSettings;
import dev.sluice.enricher.InvalidSettingsException;
import dev.sluice.enricher.format.ParserKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class EnricherArgumentsTest {
  @TempDir Path folder;
  private Path config;

  @BeforeEach
  void nameTheFile() {
    config = folder.resolve("sluice.properties");
  }

  private static EnricherSettings read(String... arguments) {
    var parsed = new EnricherArguments();
    new CommandLine(CommandLine.Model.CommandSpec.create().addMixin("arguments", spec(parsed)))
        .parseArgs(arguments);
    return parsed.settings();
  }

  private static CommandLine.Model.CommandSpec spec(EnricherArguments arguments) {
    return CommandLine.Model.CommandSpec.forAnnotatedObject(arguments);
  }

  private static List<String> problems(String... arguments) {
    var problems = new ArrayList<String>();
    assertThatExceptionOfType(InvalidSettingsException.class)
        .isThrownBy(() -> read(arguments))
        .satisfies(invalid -> problems.addAll(invalid.problems()));
    return problems;
  }

  private String config(String... lines) throws IOException {
    return Files.write(config, List.of(lines)).toString();
  }

  @Test
  void nothingGivenIsTheDefaults() {
    assertThat(read()).isEqualTo(EnricherSettings.defaults());
  }

  @Test
  void anOptionBeatsSetAndSetBeatsTheFile() throws IOException {
    String file =
        config("LOG_FORMAT = common", "PARSER=regex", "MAX_LINE_BYTES: 1000", "UAP_REGEXES=none");
    EnricherSettings settings =
        read(
            "--config",
            file,
            "--set=UAP_REGEXES=",
            "--set",
            "LOG_FORMAT=combinedio",
            "--set",
            "MAX_LINE_BYTES=2000",
            "--set",
            "MAX_LINE_BYTES=3000",
            "--format",
            "combined");
    assertThat(settings.format()).isEqualTo(BuiltInFormat.COMBINED);
    assertThat(settings.parser()).isEqualTo(ParserKind.REGEX);
    assertThat(settings.maxLineBytes()).isEqualTo(3000);
    assertThat(settings.uapRegexes()).isEmpty();
  }

  @Test
  void aFileMayServeTheConsumerToo() throws IOException {
    String file = config("STREAM_NAME=access-log", "AWS_REGION=eu-west-1", "PARSER=regex");
    assertThat(read("--config", file).parser()).isEqualTo(ParserKind.REGEX);
  }

  @Test
  void everyProblemIsToldAtOnceWithItsKeyAndPlace() throws IOException {
    String file =
        config(
            "# a comment, which a backslash does not continue \\",
            "LOG_FORMAT=%h %z",
            "",
            "MAX_LINE_BYTES=\\",
            "  none",
            "MAX_LINES_BYTES=5",
            "PARSER=\\u00zz",
            "LOG_FORMAT=common");
    assertThat(
            problems(
                "--config",
                file,
                "--set",
                "PARSER=best",
                "--set",
                "geoip-city-database=x",
                "--set",
                "STREAM_NAME=s",
                "--set",
                "COLOUR",
                "--uap-regexes",
                folder.toString(),
                "--geoip",
                "missing.mmdb"))
        .containsExactlyInAnyOrder(
            config + ":6: MAX_LINES_BYTES is no key of the enricher; did you mean MAX_LINE_BYTES?",
            config + ":7: malformed escape: Malformed \\uxxxx encoding.",
            config + ":8: LOG_FORMAT is set in line 2 already",
            "--set: geoip-city-database is no key of the enricher; did you mean"
                + " GEOIP_CITY_DATABASE?",
            "--set: STREAM_NAME is a key of the consumer and does nothing here",
            "--set: \"COLOUR\" is not KEY=VALUE",
            config
                + ":2: LOG_FORMAT is wrong: character 4 of the LogFormat string: %z is no directive"
                + " of httpd",
            config + ":4: MAX_LINE_BYTES is \"none\", expected a whole number from 1 to 16777216",
            "--set: PARSER is \"best\", expected one of scanner, regex",
            "--uap-regexes: UAP_REGEXES names a directory: " + folder,
            "--geoip: GEOIP_CITY_DATABASE names no such file: missing.mmdb");
  }

  @Test
  void aKeyLikeNoOtherGetsNoSuggestion() {
    assertThat(problems("--set", "COLOUR=red"))
        .containsExactly("--set: COLOUR is no key of the enricher");
  }

  @Test
  void aFileThatIsNoSettingsFileIsOneProblem() throws IOException {
    assertThat(problems("--config", folder.resolve("missing").toString()))
        .containsExactly("no such file: " + folder.resolve("missing"));
    assertThat(problems("--config", folder.toString())).containsExactly("not a file: " + folder);
    Files.write(config, new byte[] {'P', '=', (byte) 0xff});
    assertThat(problems("--config", config.toString()))
        .containsExactly(config + " is not UTF-8 text");
    Files.writeString(config, "#".repeat(2 * 1024 * 1024), StandardCharsets.UTF_8);
    assertThat(problems("--config", config.toString()))
        .containsExactly(config + " is larger than 1048576 bytes");
  }
}
