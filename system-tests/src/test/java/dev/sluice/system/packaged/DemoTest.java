package dev.sluice.system.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.Sluice;
import dev.sluice.local.mariadb.LocalMariaDb;
import dev.sluice.system.ChildProcess;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** {@code ./sluice demo --all}, with the package of the function that it finds by itself. */
@Order(2)
class DemoTest {

  private static final Path FOLDER = Path.of("target", "system-tests", "packaged");

  @Test
  void everyPartBalancesItsBooks() {
    try (ChildProcess demo =
        ChildProcess.start(
            FOLDER, "demo", Map.of(), Sluice.class.getName(), "demo", "--all", "--lines", "3000")) {
      assertThat(demo.exitCode()).as(demo.printed()).isZero();
      assertThat(demo.out())
          .contains("ok     3,000 in = ")
          .contains("ok     stage 1: 3,000 in = ")
          .contains("ok     stage 2: ")
          .contains("ok     alerts: RAISED errors (pipeline-log), then CLEARED errors")
          .contains("ok     metrics: ")
          .contains("ok     3,000 lines in = ")
          .contains(" tweets stored as they were written, ")
          .contains("ok     400 changes of 20 items = 400 in the finals of ")
          .contains(
              LocalMariaDb.runsHere()
                  ? "ok     302 messages = 300 customers, each an item and a row + 2 dead letters"
                  : "ok     not run: ")
          .contains("ok     2,000 lines in 20 gzip members = 2,000 enriched, once for 10 events")
          .contains("Everything balances: 13 proofs")
          .doesNotContain("WRONG");
    }
  }
}
