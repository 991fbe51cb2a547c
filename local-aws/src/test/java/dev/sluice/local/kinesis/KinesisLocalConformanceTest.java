package dev.sluice.local.kinesis;

import dev.sluice.local.kinesis.TestServer.Feature;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The second server passes the same cases, apart from what it is known to lack: so the cases are no
 * private opinion of ours. They mostly wait for it, so they run beside the other classes.
 */
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KinesisLocalConformanceTest implements StreamCases, RecordCases, FanOutCases, ReshardCases {
  private TestServer server;

  @BeforeAll
  void start() {
    Optional<Path> home = KinesisLocalServer.home(System.getenv());
    if (home.isEmpty()) {
      System.out.println(
          "KinesisLocalConformanceTest skipped: " + KinesisLocalServer.NOT_INSTALLED);
    }
    Assumptions.assumeTrue(home.isPresent(), KinesisLocalServer.NOT_INSTALLED);
    var process = KinesisLocalServer.start(home.get());
    server =
        new TestServer(
            "kinesis-local",
            process.endpoint(),
            process::close,
            EnumSet.of(
                Feature.LIST_STREAMS_TOKEN,
                Feature.END_OF_SHARD,
                Feature.UNKNOWN_SHARD_REFUSED,
                Feature.ENDING_SEQUENCE_NUMBER,
                Feature.BAD_ITERATOR_REFUSED,
                Feature.REQUEST_BOUNDS,
                Feature.RECORD_BYTES_BOUND,
                Feature.SPLIT_AT_START_REFUSED,
                Feature.DISTINCT_CREATION_SECONDS,
                Feature.LIST_CONSUMERS_TOKEN,
                Feature.UNIFORM_SCALING,
                Feature.SCALING_LIMITS,
                Feature.OPEN_AT_TRIM_HORIZON));
  }

  @AfterAll
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Override
  public TestServer server() {
    return server;
  }
}
