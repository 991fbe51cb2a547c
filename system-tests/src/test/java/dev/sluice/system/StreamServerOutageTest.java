package dev.sluice.system;

import dev.sluice.local.AwsService;
import dev.sluice.local.proxy.Fault;
import dev.sluice.local.proxy.FaultMix;
import dev.sluice.local.proxy.FaultProxy;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The stream server restarts, resets connections, or lets calls time out. */
@FaultTest
@Tag("R8")
class StreamServerOutageTest {
  private static final double LINES_PER_SECOND = 400;
  private static final double RECOVERY_SECONDS_MAX = 60;

  @Test
  void theConsumerComesBackByItself(SystemStack stack) {
    var scenario = Scenario.create(stack, "r8-stream-server");
    FaultProxy kinesis = scenario.startProxy(AwsService.KINESIS);
    scenario.startLoad(LINES_PER_SECOND);
    try (var consumer = scenario.startConsumer("consumer")) {
      consumer.awaitShards(Scenario.SHARDS);
      consumer.await("output", () -> scenario.output().lines() > 0);
      var outage = new Outage(scenario, consumer, RECOVERY_SECONDS_MAX);
      outage.refused("Kinesis restarted", kinesis, () -> true);
      outage.faulty("Kinesis reset connections", kinesis, FaultMix.all(Fault.RESET), () -> true);
      outage.faulty(
          "Kinesis hung",
          kinesis,
          FaultMix.all(Fault.HANG).withHang(FaultMix.WAIT_MAX),
          () -> true);
      scenario.finishLoad();
      scenario.awaitDelivery(consumer);
      StopBound.assertStopsInTime(scenario, consumer, "after the outages");
    }
    Books.assertBalanced(scenario);
  }
}
