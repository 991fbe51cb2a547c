package dev.sluice.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertDeciderTest {
  private static final String RULE = "errors measure=error-rate above=10% min=5 window=1m";
  private static final long ARRIVAL = Lines.T0 + 100_000;

  private final ManualClock clock = new ManualClock();

  private AlertDecider<Integer> decider(String... keysAndValues) {
    return new AlertDecider<>(Lines.settings(keysAndValues), clock, Duration.ZERO);
  }

  private static void minute(
      AlertDecider<Integer> decider, AlertSource<Integer> source, int minute, int status) {
    for (int i = 0; i < 6; i++) {
      decider.count(source, Lines.line(60L * minute + i, "h", status), ARRIVAL, minute);
    }
  }

  private static List<String> told(AlertDecider<Integer> decider) {
    List<String> told =
        decider.decide().stream()
            .map(a -> a.kind() + " " + (a.windowStart().getEpochSecond() - Lines.T0) / 60)
            .toList();
    decider.sent();
    return told;
  }

  @Test
  void raisesRemindsAfterTheCoolDownAndGivesTheAllClear() {
    AlertDecider<Integer> decider =
        decider("ALERT_RULES", RULE, "ALERT_COOL_DOWN", "5m", "ALERT_CLEAR_WINDOWS", "2");
    AlertSource<Integer> source = decider.open();
    for (int m = 0; m < 20; m++) {
      minute(decider, source, m, m >= 3 && m <= 9 ? 500 : 200);
    }
    assertThat(told(decider)).containsExactly("RAISED 3", "ONGOING 8", "CLEARED 11");
    assertThat(decider.suppressed()).isEqualTo(5);
  }

  /** The table of docs/fan-out.md; minute 5 is its 10:05. */
  @Test
  void decidesTheBurstOfThePageAsThePageSays() {
    AlertDecider<Integer> decider =
        decider(
            "ALERT_RULES", "errors measure=error-rate above=5% window=1m min=50",
            "ALERT_CLEAR_WINDOWS", "3",
            "ALERT_COOL_DOWN", "15m");
    AlertSource<Integer> source = decider.open();
    var told = new ArrayList<String>();
    for (int m = 5; m < 40; m++) {
      switch (m) {
        case 5 -> requests(decider, source, m, 300, 1);
        case 6 -> requests(decider, source, m, 297, 118);
        case 7 -> requests(decider, source, m, 305, 121);
        case 8, 9 -> requests(decider, source, m, 300, 2);
        case 10 -> requests(decider, source, m, 40, 30);
        case 15, 30 -> requests(decider, source, m, 300, 30);
        default -> requests(decider, source, m, 300, 0);
      }
      told.addAll(told(decider));
    }
    assertThat(told).containsExactly("RAISED 6", "CLEARED 10", "RAISED 30", "CLEARED 33");
    assertThat(decider.suppressed()).as("10:07 and 10:15").isEqualTo(2);
  }

  private static void requests(
      AlertDecider<Integer> decider,
      AlertSource<Integer> source,
      int minute,
      int requests,
      int errors) {
    for (int i = 0; i < requests; i++) {
      decider.count(
          source, Lines.line(60L * minute + i % 60, "h", i < errors ? 500 : 200), ARRIVAL, minute);
    }
  }

  @Test
  void whatComesAgainWithinTheCoolDownIsNotTold() {
    AlertDecider<Integer> decider =
        decider("ALERT_RULES", RULE, "ALERT_COOL_DOWN", "10m", "ALERT_CLEAR_WINDOWS", "1");
    AlertSource<Integer> source = decider.open();
    for (int m = 0; m < 30; m++) {
      minute(decider, source, m, m == 2 || m == 5 || m == 20 ? 500 : 200);
    }
    assertThat(told(decider)).containsExactly("RAISED 2", "CLEARED 3", "RAISED 20", "CLEARED 21");
    assertThat(decider.suppressed()).isEqualTo(1);
  }

  @Test
  void waitsForTheSlowestShardAndForTheLateness() {
    AlertDecider<Integer> decider = decider("ALERT_RULES", RULE, "EVENT_LATENESS", "1m");
    AlertSource<Integer> fast = decider.open();
    AlertSource<Integer> slow = decider.open();
    minute(decider, fast, 0, 500);
    minute(decider, fast, 9, 200);
    assertThat(told(decider)).as("nothing is known of the other shard").isEmpty();
    minute(decider, slow, 1, 200);
    assertThat(told(decider)).as("the lateness is not over").isEmpty();
    minute(decider, slow, 2, 200);
    assertThat(told(decider)).containsExactly("RAISED 0");
  }

  @Test
  void aShardThatIsOpenedAMomentLaterIsWaitedFor() {
    var decider =
        new AlertDecider<Integer>(
            Lines.settings("ALERT_RULES", RULE), clock, Duration.ofSeconds(10));
    AlertSource<Integer> first = decider.open();
    minute(decider, first, 0, 200);
    minute(decider, first, 9, 200);
    assertThat(told(decider)).isEmpty();
    clock.advance(5);
    AlertSource<Integer> second = decider.open();
    minute(decider, second, 1, 500);
    minute(decider, second, 9, 200);
    clock.advance(9);
    assertThat(told(decider)).as("another one may come").isEmpty();
    assertThat(second.oldestUndecided()).contains(1);
    clock.advance(1);
    assertThat(told(decider)).containsExactly("RAISED 1", "CLEARED 4");
    assertThat(decider.lateLines()).isZero();
  }

  @Test
  void countsTheLinesOfAllShardsTogether() {
    AlertDecider<Integer> decider =
        decider("ALERT_RULES", "busy measure=request-rate above=0.1 window=1m");
    AlertSource<Integer> one = decider.open();
    AlertSource<Integer> two = decider.open();
    minute(decider, one, 0, 200); // 6 a minute are not above 0.1/s
    minute(decider, two, 0, 200);
    minute(decider, one, 4, 200);
    minute(decider, two, 4, 200);
    List<Alert> alerts = decider.decide();
    assertThat(alerts).hasSize(1);
    assertThat(alerts.get(0).readings()).containsExactly(new Alert.Reading("", 12, 0, 0));
  }

  @Test
  void undecidedLinesHoldTheirPlaceUntilTheAlertIsSent() {
    AlertDecider<Integer> decider = decider("ALERT_RULES", RULE, "EVENT_LATENESS", "1m");
    AlertSource<Integer> source = decider.open();
    assertThat(source.oldestUndecided()).isEmpty();
    minute(decider, source, 0, 500);
    minute(decider, source, 2, 200);
    assertThat(source.oldestUndecided()).contains(0);
    assertThat(decider.decide()).hasSize(1);
    assertThat(source.oldestUndecided()).as("not sent").contains(0);
    decider.sent();
    assertThat(source.oldestUndecided()).contains(2);
  }

  @Test
  void atTheTipTheClockGivesTheAllClearOfAStreamThatFellSilent() {
    AlertDecider<Integer> decider =
        decider("ALERT_RULES", RULE, "EVENT_LATENESS", "1m", "ALERT_CLEAR_WINDOWS", "2");
    AlertSource<Integer> source = decider.open();
    minute(decider, source, 0, 500);
    clock.advance(600);
    assertThat(told(decider)).as("nobody said that there is nothing more").isEmpty();
    decider.atTip(source);
    assertThat(told(decider)).containsExactly("RAISED 0", "CLEARED 2");
    assertThat(source.oldestUndecided()).isEmpty();
  }

  @Test
  void anEmptyShardAtItsTipHoldsNobodyUp() {
    AlertDecider<Integer> decider = decider("ALERT_RULES", RULE);
    AlertSource<Integer> source = decider.open();
    decider.atTip(decider.open());
    minute(decider, source, 0, 500);
    minute(decider, source, 4, 200);
    assertThat(told(decider)).containsExactly("RAISED 0");
  }

  @Test
  void aShardThatSomebodyElseGoesOnWithLeavesNoCounts() {
    AlertDecider<Integer> decider =
        decider("ALERT_RULES", "busy measure=request-rate above=0.1 window=1m");
    AlertSource<Integer> one = decider.open();
    AlertSource<Integer> two = decider.open();
    minute(decider, one, 0, 200);
    minute(decider, two, 0, 200);
    decider.forget(two);
    assertThat(two.oldestUndecided()).isEmpty();
    minute(decider, one, 5, 200);
    assertThat(told(decider)).isEmpty();
  }

  @Test
  void whenAllShardsHaveEndedEverythingIsDecidedAsItStands() {
    AlertDecider<Integer> decider = decider("ALERT_RULES", RULE);
    AlertSource<Integer> one = decider.open();
    AlertSource<Integer> two = decider.open();
    minute(decider, one, 0, 500);
    minute(decider, two, 0, 200);
    decider.end(one);
    assertThat(told(decider)).isEmpty();
    assertThat(one.oldestUndecided()).contains(0);
    decider.end(two);
    assertThat(told(decider)).containsExactly("RAISED 0");
    assertThat(one.oldestUndecided()).isEmpty();
    assertThat(two.oldestUndecided()).isEmpty();
    AlertSource<Integer> child = decider.open();
    minute(decider, child, 1, 200);
    minute(decider, child, 9, 200);
    assertThat(told(decider)).containsExactly("CLEARED 3");
  }

  @Test
  void aLineAheadOfItsArrivalCarriesNobodyAlong() {
    AlertDecider<Integer> decider = decider("ALERT_RULES", RULE);
    AlertSource<Integer> source = decider.open();
    minute(decider, source, 0, 500);
    decider.count(source, Lines.line(400_000, "h", 200), ARRIVAL, 9);
    assertThat(told(decider)).isEmpty();
    assertThat(decider.aheadLines()).isEqualTo(1);
  }

  @Test
  void aLineWithoutATimeCountsAtItsArrival() {
    AlertDecider<Integer> decider = decider("ALERT_RULES", RULE);
    AlertSource<Integer> source = decider.open();
    var line = new LineFacts(LineFacts.NO_TIME, 500, false, "h", null, null, null);
    for (int i = 0; i < 6; i++) {
      decider.count(source, line, Lines.T0, 0);
    }
    minute(decider, source, 4, 200);
    assertThat(told(decider)).containsExactly("RAISED 0");
  }

  @Test
  void hostsAreBoundedAndMessagesNameTwentyOfThem() {
    AlertDecider<Integer> decider =
        decider(
            "ALERT_RULES", "h measure=request-rate above=0 scope=host window=1m",
            "ALERT_HOSTS", "50");
    AlertSource<Integer> source = decider.open();
    for (int i = 0; i < 60; i++) {
      decider.count(source, Lines.line(0, "host-" + (100 + i), 200), ARRIVAL, i);
    }
    decider.count(source, Lines.line(240, null, 200), ARRIVAL, 99);
    List<Alert> alerts = decider.decide();
    assertThat(alerts).hasSize(1);
    assertThat(alerts.get(0).readings()).hasSize(20);
    assertThat(alerts.get(0).more()).isEqualTo(30);
    assertThat(decider.notRemembered()).isEqualTo(10);
  }

  @Test
  void aShardThatIsFarBehindDoesNotHoldMoreThanItsWindows() {
    AlertDecider<Integer> decider = decider("ALERT_RULES", RULE);
    AlertSource<Integer> behind = decider.open();
    AlertSource<Integer> source = decider.open();
    minute(decider, behind, 0, 500);
    var told = new ArrayList<String>();
    for (int m = 0; m < AlertDecider.MAX_OPEN_WINDOWS + 10; m++) {
      minute(decider, source, m, 500);
      told.addAll(told(decider));
    }
    assertThat(told).startsWith("RAISED 0");
    long late = decider.lateLines();
    minute(decider, behind, 1, 500);
    assertThat(decider.lateLines()).isEqualTo(late + 6);
  }
}
