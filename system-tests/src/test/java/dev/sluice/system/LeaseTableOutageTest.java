package dev.sluice.system;

import dev.sluice.local.AwsService;
import dev.sluice.local.proxy.Fault;
import dev.sluice.local.proxy.FaultMix;
import dev.sluice.local.proxy.FaultProxy;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The lease table is away, or throttles. */
@FaultTest
@Tag("R9")
class LeaseTableOutageTest {
  private static final double LINES_PER_SECOND = 400;
  private static final double RECOVERY_SECONDS_MAX = 60;

  @Test
  void theConsumerGoesOnOrComesBackByItself(SystemStack stack) {
    var scenario = Scenario.create(stack, "r9-lease-table");
    FaultProxy dynamoDb = scenario.startProxy(AwsService.DYNAMODB);
    scenario.startLoad(LINES_PER_SECOND);
    try (var consumer = scenario.startConsumer("consumer")) {
      consumer.awaitShards(Scenario.SHARDS);
      consumer.await("output", () -> scenario.output().lines() > 0);
      var outage = new Outage(scenario, consumer, RECOVERY_SECONDS_MAX);
      outage.refused("DynamoDB refused", dynamoDb, () -> true);
      outage.faulty(
          "DynamoDB throttled",
          dynamoDb,
          FaultMix.all(Fault.THROTTLE),
          () -> dynamoDb.counts().containsKey(Fault.THROTTLE));
      scenario.finishLoad();
      scenario.awaitDelivery(consumer); // in the process of the beginning: it has not ended
      StopBound.assertStopsInTime(scenario, consumer, "after the outages");
    }
    Books.assertBalanced(scenario);
  }
}
