package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.samples.SyntheticLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The file sink cannot write on: a limit on the size of files stands for the full disk, because it
 * needs no privileges. A process writes its logs under the same limit, far below it.
 */
@FaultTest
@Tag("R11")
class DiskFullTest {
  private static final double LINES_PER_SECOND = 1_000;
  private static final String LIMIT_BLOCKS = "4096"; // of 512 or of 1,024 bytes, by the shell
  private static final List<String> LIMITED =
      List.of("sh", "-c", "ulimit -f " + LIMIT_BLOCKS + " && exec \"$@\"", "sh");
  private static final double END_SECONDS_MAX = 60;

  @Test
  void aFullDiskEndsTheConsumerWithoutACheckpoint(SystemStack stack) throws Exception {
    boolean works = isLimited();
    if (!works) {
      System.out.println("R11 is skipped: this shell cannot limit the size of files");
    }
    assumeTrue(works, "this shell cannot limit the size of files");
    var scenario = Scenario.create(stack, "r11-disk-full");
    Path file = scenario.folder().resolve("lines.json").toAbsolutePath();
    Files.createDirectories(file.getParent());
    Files.deleteIfExists(file);
    scenario.set("SINKS", "s3,file");
    scenario.set("SINK_FILE", file.toString());
    scenario.startLoad(LINES_PER_SECOND);
    try (var first = scenario.startConsumer(LIMITED, "first", ArmedConsumer.Point.NONE, 0)) {
      first.await("the disk is full", () -> first.retries() > 0);
      long fullAt = System.nanoTime();
      assertThat(first.awaitEnd()).as(first.printed()).isEqualTo(1);
      scenario.measured("the consumer has ended with exit code 1", fullAt, END_SECONDS_MAX);
    }
    assertThat(scenario.output().audit().findings())
        .as("no checkpoint lies past a record that was not written")
        .isEmpty();
    assertThat(scenario.output().lines()).isLessThan(scenario.acceptedLines());
    try (var second = scenario.startConsumer("second")) {
      scenario.finishLoad();
      scenario.awaitDelivery(second);
      StopBound.assertStopsInTime(scenario, second, "with room again");
    }
    Set<Long> enriched = new HashSet<>(Books.balanced(scenario).enrichedIds());
    assertThat(idsIn(file).equals(enriched))
        .as("the file has every enriched line, and no other")
        .isTrue();
  }

  private static boolean isLimited() throws IOException, InterruptedException {
    Process shell = new ProcessBuilder("sh", "-c", "ulimit -f " + LIMIT_BLOCKS).start();
    return shell.waitFor(ChildProcess.MAX_WAIT.toSeconds(), TimeUnit.SECONDS)
        && shell.exitValue() == 0;
  }

  /** Each line is a whole one. */
  private static Set<Long> idsIn(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
      return lines
          .map(line -> SyntheticLine.findId(line).orElseThrow())
          .collect(Collectors.toSet());
    }
  }
}
