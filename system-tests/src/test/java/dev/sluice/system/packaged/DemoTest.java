package dev.sluice.system.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.Sluice;
import dev.sluice.system.ChildProcess;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code ./sluice demo --firehose} with the package that it finds by itself. */
class DemoTest {

  private static final Path FOLDER = Path.of("target", "system-tests", "packaged");

  @Test
  void balancesItsBooks() {
    try (ChildProcess demo =
        ChildProcess.start(
            FOLDER,
            "demo",
            Map.of(),
            Sluice.class.getName(),
            "demo",
            "--firehose",
            "--lines",
            "4000")) {
      assertThat(demo.exitCode()).as(demo.printed()).isZero();
      assertThat(demo.out())
          .contains("Books balance: 4,000 in = ")
          .contains("0 failed, 1 start of its JVM");
    }
  }
}
