package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wrong settings of {@code ./sluice web}; system-tests serve the pages. */
class WebCommandTest {

  @TempDir private Path folder;

  @Test
  void saysEverythingThatIsWrongWithTheSettings() {
    CommandRun run = CommandRun.of("web", "--set", "WEB_PORT=x", "--set", "WEB_HOST=0.0.0.0");
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.errLines())
        .containsExactly(
            "sluice web: WEB_PORT is \"x\", expected a whole number from 0 to 65535",
            "sluice web: UPLOAD_BUCKET is not set",
            "sluice web: OUTPUT_BUCKET is not set",
            "sluice web: WEB_HOST is 0.0.0.0, no loopback address: set WEB_USER and WEB_PASSWORD");
  }

  @Test
  void takesAFileAndNamesThePlaceOfAKeyThatIsNone() throws IOException {
    Path file = folder.resolve("web.properties");
    Files.writeString(file, "UPLOAD_BUCKET=a\nOUTPUT_BUKET=b\n");
    CommandRun run = CommandRun.of("web", "--config", file.toString(), "--set", "nonsense");
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.errLines())
        .containsExactly(
            "sluice web: "
                + file
                + ":2: OUTPUT_BUKET is no key of the web application; did you mean OUTPUT_BUCKET?",
            "sluice web: --set: \"nonsense\" is not KEY=VALUE");
  }

  @Test
  void whatIsSetBeatsTheFile() throws IOException {
    Path file = folder.resolve("web.properties");
    Files.writeString(file, "UPLOAD_BUCKET=a\nOUTPUT_BUCKET=b\n");
    CommandRun run = CommandRun.of("web", "--config", file.toString(), "--set", "OUTPUT_BUCKET=a");
    assertThat(run.errLines())
        .containsExactly(
            "sluice web: OUTPUT_BUCKET is UPLOAD_BUCKET: what is made would be taken for an upload");
  }
}
