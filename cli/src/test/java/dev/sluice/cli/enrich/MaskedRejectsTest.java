package dev.sluice.cli.enrich;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.CommandRun;
import dev.sluice.cli.Sluice;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What is masked in enriched lines stands in no reject and no message either. */
class MaskedRejectsTest {
  private static final String LINES =
      """
      203.0.113.42 - jane@example.com broken 4111-1111-1111-1111 ?token=canary
      203.0.113.42 - - [28/Oct/2025:10:15:30 +0000] "GET /jane%40example.com HTTP/1.1" 200 5
      """;

  @TempDir private Path folder;

  private CommandRun enrich(ByteArrayOutputStream out, String... more) {
    var command =
        Sluice.configured(
            new CommandLine(
                new EnrichCommand(new ByteArrayInputStream(LINES.getBytes(UTF_8)), out)));
    var arguments = new ArrayList<String>();
    arguments.add("--rejects");
    arguments.add(folder.resolve("rejects.json").toString());
    arguments.addAll(List.of(more));
    return CommandRun.of(command, arguments.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2"})
  void areWrittenWithoutWhatIsPersonal(String threads) throws IOException {
    var out = new ByteArrayOutputStream();
    CommandRun run =
        enrich(
            out,
            "--threads",
            threads,
            "--geoip",
            "../samples/geo.mmdb",
            "--set",
            "ANONYMISATION=truncate",
            "--set",
            "MASK=emails,tokens,cards",
            "--set",
            "MASK_QUERY_PARAMETERS=token");
    assertThat(run.exitCode()).as(run.err()).isZero();
    String rejects = Files.readString(folder.resolve("rejects.json"));
    assertThat(rejects)
        .contains("\"line\":\"203.0.113.0 - (email) broken (card) ?token=(masked)\"");
    assertThat(rejects + out.toString(UTF_8) + run.err())
        .doesNotContain("203.0.113.42", "jane", "4111", "canary");
    assertThat(out.toString(UTF_8)).contains("Paris", "\"webpage\":\"(email)\"");
  }

  @Test
  void problemsWithTheKeyDoNotTellIt() {
    CommandRun run =
        enrich(
            new ByteArrayOutputStream(),
            "--set",
            "ANONYMISATION=hmac",
            "--set",
            "ANONYMISATION_KEY=canary",
            "--set",
            "FILTER_RULES=drop");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("ANONYMISATION_KEY has 6 bytes", "FILTER_RULES is wrong: rule 1")
        .doesNotContain("canary");
  }
}
