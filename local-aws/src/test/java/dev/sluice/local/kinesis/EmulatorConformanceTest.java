package dev.sluice.local.kinesis;

import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** Our emulator passes all cases. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmulatorConformanceTest implements StreamCases, RecordCases, FanOutCases, ReshardCases {
  private TestServer server;

  @BeforeAll
  void start() {
    var emulator = KinesisEmulator.start();
    server = new TestServer("the emulator", emulator.endpoint(), emulator::close, Set.of());
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Override
  public TestServer server() {
    return server;
  }
}
