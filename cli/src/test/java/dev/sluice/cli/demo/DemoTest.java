package dev.sluice.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.CommandRun;
import dev.sluice.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo in this process, on logs of a few lines. */
class DemoTest {

  private static final String LINE =
      "203.0.113.42 - - [28/Oct/2025:10:15:30 +0000] \"GET /product.php HTTP/1.1\" 200 1234"
          + " \"http://example.com/search.php\" \"curl/8.5.0\"\n";

  @TempDir Path folder;

  @Test
  void balancesItsBooksOverDuplicatesEmptyAndBrokenLines() throws IOException {
    Path log = folder.resolve("own.log");
    Files.writeString(log, LINE.repeat(3) + "\nnonsense\n" + LINE, UTF_8);
    CommandRun run =
        CommandRun.of(
            "demo", "--input", log.toString(), "--geoip", "../samples/geo.mmdb", "--lines", "6");
    assertThat(run.err()).doesNotContain("sluice demo:");
    assertThat(run.out())
        .contains("Books balance: 6 in = 4 enriched + 0 dropped + 2 rejected")
        .contains("first rejected: line 4, EMPTY_LINE at byte 0")
        .contains("\"city\":\"Paris\"");
    assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
  }

  @Test
  void namesAnUnusableDatabaseBeforeAnythingStarts() throws IOException {
    Path log = Files.writeString(folder.resolve("own.log"), LINE, UTF_8);
    Path garbage = Files.writeString(folder.resolve("garbage.mmdb"), "no database");
    CommandRun run =
        CommandRun.of("demo", "--input", log.toString(), "--geoip", garbage.toString());
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.errLines()).hasSize(1);
    assertThat(run.err()).contains(garbage.toString());
  }
}
