package dev.sluice.functions.fanout.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fanout.Alert;
import dev.sluice.fanout.AlertDecider;
import dev.sluice.fanout.AlertSource;
import dev.sluice.fanout.FanOutSettings;
import dev.sluice.functions.fanout.BatchMode.Done;
import dev.sluice.functions.fanout.FactLines;
import dev.sluice.functions.fanout.FanOutFunctionSettings;
import dev.sluice.functions.fanout.LineWork;
import dev.sluice.functions.fanout.TestBatch;
import dev.sluice.functions.fanout.TestLines;
import dev.sluice.functions.fanout.event.StreamBatch;
import dev.sluice.functions.fanout.event.StreamRecord;
import dev.sluice.functions.fanout.sending.Attempts;
import dev.sluice.invocation.InvocationLine;
import dev.sluice.invocation.TimeLeft;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * The function as Lambda drives it: calls that fail before or behind their effect, answers that are
 * lost, batches that come again whole, in halves or from the place that was reported. What is told
 * is what one decider tells of all lines, in its order; again only what nobody knows the fate of.
 */
class AlertsModelTest {
  private static final long SEED = 20_261_122;
  private static final int RUNS = 150;
  private static final int RECORDS = 250;
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);

  private static final FanOutFunctionSettings SETTINGS =
      TestLines.settings(
          "MODE",
          "alerts",
          "ALERT_TOPIC_ARN",
          "arn:aws:sns:us-east-1:123456789012:alerts",
          "ALERT_STATE_TABLE",
          "alerts",
          "ALERT_RULES",
          "all measure=error-rate above=25% min=4 window=20s;"
              + "each measure=error-rate above=0.5 min=2 scope=host window=30s errors=4xx,5xx;"
              + "busy measure=request-rate above=0.4 window=10s",
          "EVENT_LATENESS",
          "15s",
          "ALERT_COOL_DOWN",
          "45s",
          "ALERT_CLEAR_WINDOWS",
          "2");

  private static final LineWork WORK = LineWork.of(TestLines.enricher(SETTINGS));

  private final Random random = new Random(SEED);
  private final MemoryStates memory = new MemoryStates();
  private final List<String> told = new ArrayList<>();

  /** Faults after which nobody knows whether a message was told, since a run began. */
  private int lostAnswers;

  private int faultsPerMille;

  private final class Unreliable implements ShardStates, AlertPut {
    private void mayFail() {
      if (random.nextInt(1_000) < faultsPerMille) {
        throw SdkClientException.create("injected");
      }
    }

    private void mayLoseTheAnswer() {
      if (random.nextInt(1_000) < faultsPerMille) {
        lostAnswers++;
        throw SdkClientException.create("injected, behind the effect");
      }
    }

    @Override
    public ShardState read(ShardKey shard) {
      mayFail();
      return memory.read(shard);
    }

    @Override
    public boolean replace(ShardKey shard, ShardState before, ShardState after) {
      if (random.nextInt(1_000) < faultsPerMille) {
        lostAnswers += before.unsent().size(); // perhaps told, and cannot be taken out
        throw SdkClientException.create("injected");
      }
      boolean replaced = memory.replace(shard, before, after);
      mayLoseTheAnswer();
      return replaced;
    }

    @Override
    public void publish(ShardKey shard, AlertMessage message) {
      mayFail();
      told.add(message.id() + "\n" + message.body());
      mayLoseTheAnswer();
    }
  }

  @Test
  void everyAlertIsRaisedAndClearedOnceWhateverFails() {
    int alerts = 0;
    int toldAgain = 0;
    for (int run = 0; run < RUNS; run++) {
      // The first third without faults of calls: batches come again all the same.
      faultsPerMille = run < RUNS / 3 ? 0 : 60;
      told.clear();
      lostAnswers = 0;
      StreamBatch all = lines(run);
      List<String> expected = expected(all);
      var parts = new Unreliable();
      for (int from = 0; from < RECORDS; ) {
        int to = Math.min(RECORDS, from + 1 + random.nextInt(60));
        deliver(parts, all, from, to);
        from = to;
      }
      faultsPerMille = 0;
      deliver(parts, all, RECORDS - 1, RECORDS); // nothing new: what was left is told
      var distinct = told.stream().distinct().toList();
      for (String rule : List.of("all-", "each-", "busy-")) {
        assertThat(of(rule, distinct)).as("run %d", run).isEqualTo(of(rule, expected));
      }
      assertThat(told.size() - distinct.size()).as("run %d", run).isLessThanOrEqualTo(lostAnswers);
      assertOnceInTurn(distinct);
      alerts += expected.size();
      toldAgain += told.size() - distinct.size();
    }
    assertThat(alerts).isGreaterThan(1_000);
    assertThat(toldAgain).isGreaterThan(10);
  }

  private static List<String> of(String rule, List<String> messages) {
    return messages.stream().filter(message -> message.startsWith(rule)).toList();
  }

  /** For the whole stream an all-clear follows each alarm, and an alarm each all-clear. */
  private static void assertOnceInTurn(List<String> messages) {
    Map<String, Boolean> raised = new HashMap<>();
    for (String message : messages) {
      String rule = message.substring(0, message.indexOf('-'));
      if (rule.equals("each")) {
        continue; // one message for several hosts
      }
      boolean before = raised.getOrDefault(rule, false);
      if (message.contains("-RAISED-")) {
        assertThat(before).as(message).isFalse();
        raised.put(rule, true);
      } else if (message.contains("-CLEARED-")) {
        assertThat(before).as(message).isTrue();
        raised.put(rule, false);
      }
    }
  }

  /** As a mapping does: again until all is done, in halves at times, from the reported place. */
  private void deliver(Unreliable parts, StreamBatch all, int from, int to) {
    int next = from;
    int end = to;
    while (next < to) {
      var attempts = new Attempts(2, pause -> {}, random);
      var mode =
          new AlertsMode(SETTINGS.fanOut().decisions(), "app", WORK, parts, parts, attempts, CLOCK);
      int[] asked = {0};
      int records = random.nextInt(4) == 0 ? 1 + random.nextInt(20) : Integer.MAX_VALUE;
      var time = new TimeLeft(() -> asked[0]++ <= records ? 60_000 : 5_000, Duration.ofSeconds(10));
      Done done =
          mode.process(
              TestBatch.part(all, next, end), time, new InvocationLine(NOW, "1", "kinesis"));
      if (random.nextInt(8) == 0) {
        continue; // the answer is lost, and the batch comes again
      }
      next += done.records();
      if (next < end && random.nextBoolean()) {
        end = next + Math.max(1, (end - next) / 2);
      } else if (next == end) {
        end = to;
      }
    }
  }

  /** Lines of some minutes, some of them late, with bursts of errors. */
  private StreamBatch lines(int run) {
    var payloads = new ArrayList<String>();
    long second = 36_000;
    double errors = 0.1;
    for (int i = 0; i < RECORDS; i++) {
      var payload = new StringBuilder();
      for (int line = random.nextInt(3); line >= 0; line--) {
        second += random.nextInt(60) == 0 ? random.nextInt(200) : random.nextInt(4);
        errors = random.nextInt(40) == 0 ? random.nextDouble() : errors;
        long at = second - (random.nextInt(5) == 0 ? random.nextInt(40) : 0);
        String time = "%02d:%02d:%02d".formatted(at / 3_600, at / 60 % 60, at % 60);
        int status = random.nextDouble() < errors ? 400 + 100 * random.nextInt(2) : 200;
        payload
            .append(TestLines.line("10.0.0." + random.nextInt(4), time, status, "/"))
            .append('\n');
      }
      payloads.add(payload.toString());
    }
    StreamBatch batch = TestBatch.ofText(run * 1_000, payloads.toArray(String[]::new));
    return new StreamBatch(batch.stream(), "shard-" + run, batch.records());
  }

  /** What one decider says of all lines, one batch, no faults. */
  private static List<String> expected(StreamBatch all) {
    FanOutSettings settings = SETTINGS.fanOut().decisions();
    var decider = new AlertDecider<Integer>(settings, CLOCK, Duration.ZERO);
    AlertSource<Integer> source = decider.open();
    var lines = new FactLines(WORK);
    var expected = new ArrayList<String>();
    var shard = new ShardKey("app", all.stream(), all.shardId());
    for (StreamRecord record : all.records()) {
      lines.read(
          all, record, facts -> decider.count(source, facts, record.arrivalMillis() / 1_000, 0));
    }
    for (Alert alert : decider.decide()) {
      AlertMessage message = AlertMessage.of(alert, shard);
      expected.add(message.id() + "\n" + message.body());
    }
    return expected;
  }
}
