package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.local.kinesis.KinesisLocalServer;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The consumer against a stream server that is not ours: npm kinesis-local, so that nothing hangs
 * on our own reading of the Kinesis API.
 */
class SecondStreamServerTest {
  private static final int LINES = 5_000;
  private static final double LINES_PER_SECOND = 2_000;

  @Test
  void everyLineFromKinesisLocalIsInS3ExactlyOnce() {
    Optional<Path> home = KinesisLocalServer.home(System.getenv());
    if (home.isEmpty()) {
      System.out.println(KinesisLocalServer.NOT_INSTALLED);
    }
    assumeTrue(home.isPresent(), KinesisLocalServer.NOT_INSTALLED);
    try (var server = KinesisLocalServer.start(home.orElseThrow());
        var stack = SystemStack.withKinesisAt(server.endpoint())) {
      var scenario = Scenario.create(stack, "second-stream-server");
      try (var consumer = scenario.startConsumer("consumer")) {
        scenario.startLoad(LINES, LINES_PER_SECOND);
        scenario.awaitDelivery(consumer);
        StopBound.assertStopsInTime(scenario, consumer, "behind the second stream server");
        assertThat(scenario.acceptedLines()).isEqualTo(LINES);
        Books.assertBalanced(scenario);
      }
    }
  }
}
