package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.Sluice;
import dev.sluice.samples.AccessLogOptions;
import dev.sluice.samples.SyntheticAccessLog;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** P3: {@code ./sluice replay} is killed, and run again with the offset that it has saved. */
@Order(14)
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(SharedStack.class)
class ReplayKillTest {
  private static final int LINES = 8_000;
  private static final long LOG_SEED = 33;
  private static final int KILLS = 3;
  private static final int SIGTERM_EXIT_CODE = 128 + 15;
  private static final int LINES_PER_SECOND = 1_500;

  /** A tenth of a second's lines at the pace above. */
  private static final int REQUEST_LINES = LINES_PER_SECOND / 10;

  private final String stream = "replay-" + UUID.randomUUID();
  private final Path folder = Path.of("target", "system-tests", stream);
  private final Path log = folder.resolve("access.log");
  private final Path offset = folder.resolve("access.offset");

  @BeforeEach
  void writeLog() throws IOException {
    Files.createDirectories(folder);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(log))) {
      new SyntheticAccessLog(LOG_SEED, AccessLogOptions.defaults().withIdsFrom(0))
          .writeTo(out, LINES);
    }
  }

  @Test
  void losesNothingAndSendsOneRequestAgainAtMostForEachKill(SystemStack stack) {
    createStream(stack);
    for (int kill = 1; kill <= KILLS; kill++) {
      long target = (long) LINES * kill / (KILLS + 1);
      try (ChildProcess replay = replay(stack, "--rate", LINES_PER_SECOND + "/s")) {
        replay.await("offset " + target, () -> savedLines() >= target);
        replay.kill();
      }
    }
    try (ChildProcess replay = replay(stack, "--rate", LINES_PER_SECOND + "/s")) {
      assertThat(replay.exitCode()).as(replay.printed()).isZero();
    }

    List<Long> stored = stored(stack);
    assertThat(new HashSet<>(stored))
        .containsExactlyInAnyOrderElementsOf(LongStream.range(0, LINES).boxed().toList());
    int again = stored.size() - LINES;
    System.out.println("replay-kill: " + KILLS + " kills, " + again + " lines sent again");
    assertThat(again).isLessThanOrEqualTo(KILLS * REQUEST_LINES);
    assertThat(savedLines()).isEqualTo(LINES);
  }

  @Test
  void aLoopThatIsStoppedSaysWhatItHasDone(SystemStack stack) {
    createStream(stack);
    try (ChildProcess replay = replay(stack, "--speed", "1000000", "--loop")) {
      replay.await("the second pass", () -> savedLines() > LINES);
      replay.terminate();
      assertThat(replay.exitCode()).as(replay.printed()).isEqualTo(SIGTERM_EXIT_CODE);
      assertThat(replay.err())
          .contains(String.format("replayed %,d lines to stream %s", savedLines(), stream));
    }

    assertThat((long) stored(stack).size()).isEqualTo(savedLines());
  }

  private void createStream(SystemStack stack) {
    stack.kinesis().createStream(create -> create.streamName(stream).shardCount(2));
    stack.kinesis().waiter().waitUntilStreamExists(wait -> wait.streamName(stream));
  }

  private ChildProcess replay(SystemStack stack, String... pace) {
    String[] always = {
      "replay", "logs", "--stream", stream, "--partition-key", "random", "--resume"
    };
    var arguments = new ArrayList<>(List.of(always));
    arguments.addAll(List.of(offset.toString(), log.toString()));
    arguments.addAll(List.of(pace));
    return ChildProcess.start(
        folder,
        "replay",
        stack.environment(),
        Sluice.class.getName(),
        arguments.toArray(String[]::new));
  }

  private List<Long> stored(SystemStack stack) {
    return StreamContents.idsByShard(stack.kinesis(), stream).values().stream()
        .flatMap(List::stream)
        .toList();
  }

  private long savedLines() {
    var values = new Properties();
    try (var in = Files.newBufferedReader(offset)) {
      values.load(in);
    } catch (IOException none) {
      return 0;
    }
    return Long.parseLong(values.getProperty("lines", "0"));
  }
}
