package dev.sluice.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.dashboards.simulation.AlarmState;
import dev.sluice.dashboards.simulation.Deployment;
import dev.sluice.dashboards.simulation.Series;
import dev.sluice.dashboards.simulation.Simulation;
import dev.sluice.dashboards.simulation.Simulation.Notice;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The alarms of the committed template over made-up metrics: they ring when they should, alone. */
class AlarmsRingTest {
  private static final ObjectNode TEMPLATE = CommittedTemplate.read();
  private static final Deployment EVERYTHING =
      Deployment.of(TEMPLATE, CommittedTemplate.everything());
  private static final String PEOPLE = "arn:aws:sns:eu-central-1:123456789012:watch-PeopleTopic";
  private static final String DETAILS = "arn:aws:sns:eu-central-1:123456789012:watch-DetailsTopic";
  private static final String DEPLOY = "Sluice/Deployment DeployInProgress Deployment=sluice";
  private static final int HOUR = 60;

  /** Minutes in which nothing is wrong, before a case begins: a whole number of hours. */
  private static final int BEGIN = HOUR;

  private static final int SHORT_BEGIN = 15;
  private static final int SUPPRESSOR_WAIT = 2;

  /** Normal traffic: all that is counted goes well, and what may be silent is. */
  private static Series quiet(int minutes) {
    var series = new Series(minutes);
    for (String metric : new Simulation(EVERYTHING, Simulation.EXTRA_POINTS).metrics()) {
      double normal = normal(metric);
      if (!Double.isNaN(normal)) {
        series.put(metric, 0, minutes, normal);
      }
    }
    return series;
  }

  private static double normal(String metric) {
    String name = metric.split(" ")[1];
    return switch (name) {
      case "Invocations", "BatchLatencyMillis.count" -> 100;
      case "records_processed", "lines", "lines_in", "AllLines.count" -> 1_000;
      case "Duration" -> 800;
      case "IteratorAge",
          "MillisBehindLatestMax.value",
          "SubscribeToShardEvent.MillisBehindLatest" ->
          900;
      case "OldestUncommittedAgeMillisMax.value", "KinesisMillisBehindLatest" -> 8_000;
      case "DeliveryToS3.DataFreshness" -> 120;
      case "DeliveryToS3.Success", "ExecuteProcessing.Success" -> 1;
      case "geoip_database_age_days", "GeoIpDatabaseAgeDaysMax.value" -> 6;
      case "FreeStorageSpace" -> 20e9;
      case "CPUUtilization", "MemoryUtilization" -> 35;
      case "ApproximateAgeOfOldestMessage" -> 3;
      // These have data only when something happens.
      case "ReadThrottleEvents",
          "WriteThrottleEvents",
          "PartitionCountExceeded",
          "DeployInProgress" ->
          Double.NaN;
      default -> 0;
    };
  }

  /** The same with traffic that varies by half, a failure now and then, and minutes that miss. */
  private static Series varied(long seed, int minutes) {
    var random = new SplittableRandom(seed);
    Series series = quiet(minutes);
    for (String metric : simulation().metrics()) {
      double normal = normal(metric);
      boolean rare = metric.contains(" Errors ") || metric.contains("_failed ");
      for (int minute = 0; minute < minutes && !Double.isNaN(normal); minute++) {
        if (random.nextInt(50) == 0) {
          series.without(metric, minute, minute + 1);
        } else if (rare) {
          series.put(metric, minute, minute + 1, random.nextInt(100) == 0 ? 2 : 0);
        } else if (normal > 1) {
          series.put(metric, minute, minute + 1, Math.rint(normal * (0.5 + random.nextDouble())));
        }
      }
    }
    return series;
  }

  private static Simulation simulation() {
    return new Simulation(EVERYTHING, Simulation.EXTRA_POINTS);
  }

  private static String named(String id) {
    return "watch-" + id;
  }

  private static List<AlarmCase> cases() {
    return AlarmCase.all();
  }

  private static Series change(
      Series series, AlarmCase one, List<Double> values, int from, int to) {
    for (int i = 0; i < values.size(); i++) {
      series.put(one.metrics().get(i), from, to, values.get(i));
    }
    return series;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void ringsWhenItShouldAndNothingElseDoes(AlarmCase one) {
    // Data points of an hour take whole hours; the others need not wait so long.
    int begin = one.minutes() == HOUR ? HOUR : SHORT_BEGIN;
    int end = begin + 2 * begin;
    Simulation simulation = simulation();
    List<Notice> notices = simulation.run(change(quiet(end + begin), one, one.bad(), begin, end));

    int rings = begin + one.minutes();
    assertThat(simulation.rang())
        .containsExactlyElementsOf(
            one.pages() ? List.of(named(one.alarm()), named("Page")) : List.of(named(one.alarm())));
    assertThat(notices)
        .contains(
            new Notice(
                rings, named(one.alarm()), AlarmState.ALARM, one.pages() ? DETAILS : PEOPLE));
    if (one.pages()) {
      assertThat(notices)
          .contains(new Notice(rings + SUPPRESSOR_WAIT, named("Page"), AlarmState.ALARM, PEOPLE));
    }
    assertThat(notices.get(notices.size() - 1).state()).as("ends").isEqualTo(AlarmState.OK);
    assertThat(notices).hasSize(one.pages() ? 4 : 2);
  }

  @Test
  void staysQuietWhileEverythingIsJustGoodEnough() {
    Series series = quiet(5 * HOUR);
    cases().forEach(one -> change(series, one, one.fair(), HOUR, 4 * HOUR));

    assertThat(simulation().run(series)).isEmpty();
  }

  @Test
  void everyAlarmHasItsCase() {
    Set<String> tried = cases().stream().map(AlarmCase::alarm).collect(Collectors.toSet());
    // Long cases of their own, below.
    tried.addAll(retention().map(LongCase::alarm).toList());
    tried.add("DeployInProgress");

    assertThat(tried)
        .containsExactlyInAnyOrderElementsOf(
            EVERYTHING.resources("AWS::CloudWatch::Alarm").keySet());
  }

  /** Quiet traffic, data that come now and then, and whatever range CloudWatch looks at. */
  @ParameterizedTest
  @ValueSource(ints = {0, 2, 4})
  void aQuietDayIsQuiet(int extraPoints) {
    var simulation = new Simulation(EVERYTHING, extraPoints);

    assertThat(simulation.run(quiet(8 * HOUR))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void anOrdinaryDayIsQuiet(long seed) {
    assertThat(simulation().run(varied(seed, 8 * HOUR))).isEmpty();
  }

  /** The same days, with a dead consumer in them: it is found, at once and alone. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anOrdinaryDayWithADeadConsumerHasOnePage(long seed) {
    Series series = varied(seed, 4 * HOUR);
    series.silence("Sluice/Consumer", BEGIN, BEGIN + HOUR);
    series.silence("AWS/Kinesis SubscribeToShardEvent", BEGIN, BEGIN + HOUR);
    Simulation simulation = simulation();
    List<Notice> notices = simulation.run(series);

    assertThat(simulation.rang()).containsExactly(named("ConsumerSilent"), named("Page"));
    assertThat(notices.get(0).minute()).isBetween(BEGIN + 3, BEGIN + 5);
  }

  @Test
  void nobodyIsToldOfANightWithoutTraffic() {
    Series series = quiet(12 * HOUR);
    series.silence("AWS/Lambda", HOUR, 10 * HOUR);
    series.silence("AWS/Firehose", HOUR, 10 * HOUR);
    series.silence("AWS/SQS", HOUR, 10 * HOUR);
    series.silence("Sluice ", HOUR, 10 * HOUR);
    series.silence("Sluice/Firehose", HOUR, 10 * HOUR);

    assertThat(simulation().run(series)).isEmpty();
  }

  @Test
  void aMinuteThatMissesNowAndThenIsNoTrouble() {
    Series series = quiet(6 * HOUR);
    for (int minute = 3; minute < 6 * HOUR; minute += 3) {
      series.silence("", minute, minute + 1);
    }

    assertThat(simulation().run(series)).isEmpty();
  }

  /** Two minutes of ten times the traffic: behind for a moment, a write throttled, and on. */
  @Test
  void aBurstThatIsCaughtUpWithRingsNothing() {
    Series series = quiet(4 * HOUR);
    int to = BEGIN + 2;
    series.put(
        "AWS/Kinesis WriteProvisionedThroughputExceeded StreamName=streamname", BEGIN, to, 400);
    series.put("Sluice/Consumer MillisBehindLatestMax.value", BEGIN, to, 95_000);
    series.put("Sluice/Consumer AllLines.count", BEGIN, to, 10_000);
    series.put("AWS/Lambda IteratorAge FunctionName=fanoutenrichfunction", BEGIN, to, 80_000);
    series.put("AWS/Lambda Invocations FunctionName=fanoutenrichfunction", BEGIN, to, 1_000);
    series.put("AWS/Lambda Errors FunctionName=fanoutenrichfunction", BEGIN, to, 40);

    assertThat(simulation().run(series)).isEmpty();
  }

  /**
   * A burst that stays: the stream is too small, the consumer falls behind; the page rings once.
   */
  @Test
  void aBurstThatStaysPagesOnceAndNamesWhatIsBehind() {
    Series series = quiet(6 * HOUR);
    int to = BEGIN + HOUR;
    series.put(
        "AWS/Kinesis WriteProvisionedThroughputExceeded StreamName=streamname", BEGIN, to, 400);
    series.put("Sluice/Consumer MillisBehindLatestMax.value", BEGIN, to, 300_000);
    Simulation simulation = simulation();
    List<Notice> notices = simulation.run(series);

    assertThat(simulation.rang())
        .containsExactly(named("StreamWritesThrottled"), named("ConsumerLag"), named("Page"));
    assertThat(notices)
        .filteredOn(notice -> notice.topic().equals(PEOPLE) && notice.state() == AlarmState.ALARM)
        .extracting(Notice::alarm)
        .containsExactly(named("StreamWritesThrottled"), named("Page"));
  }

  /** It sends nothing any more, and neither does Kinesis for its subscriptions. */
  private static Series deadConsumer(int from, int to, int minutes) {
    Series series = quiet(minutes);
    series.silence("Sluice/Consumer", from, to);
    series.silence("AWS/Kinesis SubscribeToShardEvent", from, to);
    return series;
  }

  /** Whatever range CloudWatch looks at: FILL leaves nothing missing. */
  @ParameterizedTest
  @ValueSource(ints = {0, 2, 4})
  void aDeadConsumerPagesAfterFiveMinutesAndItsReturnIsToldToo(int extraPoints) {
    List<Notice> notices =
        new Simulation(EVERYTHING, extraPoints).run(deadConsumer(BEGIN, BEGIN + HOUR, 4 * HOUR));

    int back = BEGIN + HOUR + 1;
    assertThat(notices)
        .containsExactly(
            new Notice(BEGIN + 5, named("ConsumerSilent"), AlarmState.ALARM, DETAILS),
            new Notice(BEGIN + 7, named("Page"), AlarmState.ALARM, PEOPLE),
            new Notice(back, named("ConsumerSilent"), AlarmState.OK, DETAILS),
            new Notice(back, named("Page"), AlarmState.OK, PEOPLE));
  }

  @Test
  void aConsumerThatWasBehindWhenItDiedIsStillBehind() {
    Series series = deadConsumer(BEGIN + 10, BEGIN + HOUR, 4 * HOUR);
    series.put("Sluice/Consumer MillisBehindLatestMax.value", BEGIN, BEGIN + 10, 90_000);

    List<Notice> notices = simulation().run(series);

    assertThat(notices)
        .filteredOn(notice -> notice.alarm().equals(named("ConsumerLag")))
        .extracting(Notice::minute, Notice::state)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(BEGIN + 3, AlarmState.ALARM),
            org.assertj.core.groups.Tuple.tuple(BEGIN + HOUR + 1, AlarmState.OK));
  }

  @Test
  void aConsumerThatNeverCameRings() {
    Series series = deadConsumer(0, HOUR, HOUR);
    Simulation simulation = simulation();
    simulation.run(series);

    assertThat(simulation.rang()).containsExactly(named("ConsumerSilent"), named("Page"));
  }

  /** DynamoDB has data only while it throttles: without FILL the alarm would ring for ever. */
  @Test
  void anAlarmOfATableEnds() {
    Series series = quiet(4 * HOUR);
    series.put("AWS/DynamoDB WriteThrottleEvents TableName=tweetstable", BEGIN, BEGIN + 5, 7);

    assertThat(simulation().run(series))
        .extracting(Notice::minute, Notice::state)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(BEGIN + 3, AlarmState.ALARM),
            org.assertj.core.groups.Tuple.tuple(BEGIN + 8, AlarmState.OK));
  }

  /** A deployment that says so is quiet, as long as it ends well. */
  @Test
  void aDeploymentThatEndsWellPagesNobody() {
    Series series = deadConsumer(BEGIN, BEGIN + 8, 4 * HOUR);
    series.put(DEPLOY, BEGIN, BEGIN + 1, 1);
    Simulation simulation = simulation();
    List<Notice> notices = simulation.run(series);

    assertThat(notices).extracting(Notice::topic).containsOnly(DETAILS);
    assertThat(simulation.rang())
        .containsExactly(named("DeployInProgress"), named("ConsumerSilent"));
  }

  @Test
  void aDeploymentThatLeavesTheConsumerDeadPagesWhenItsTimeIsOver() {
    Series series = deadConsumer(BEGIN, BEGIN + HOUR, 4 * HOUR);
    series.put(DEPLOY, BEGIN, BEGIN + 1, 1);
    List<Notice> notices = simulation().run(series);

    int ended =
        notices.stream()
            .filter(notice -> notice.alarm().equals(named("DeployInProgress")))
            .filter(notice -> notice.state() == AlarmState.OK)
            .mapToInt(Notice::minute)
            .findFirst()
            .orElseThrow();
    assertThat(ended).isBetween(BEGIN + 10, BEGIN + 13);
    assertThat(notices).contains(new Notice(ended + 3, named("Page"), AlarmState.ALARM, PEOPLE));
  }

  @Test
  void aDeploymentThatIsForgottenDoesNotKeepPagesQuiet() {
    Series series = deadConsumer(BEGIN, BEGIN + HOUR, 4 * HOUR);
    series.put(DEPLOY, 10, 11, 1);

    assertThat(simulation().run(series))
        .contains(new Notice(BEGIN + 7, named("Page"), AlarmState.ALARM, PEOPLE));
  }

  /** A deployment that says so a minute late is in time for the page. */
  @Test
  void aPageWaitsForTheDeploymentToSaySo() {
    Series series = deadConsumer(BEGIN, BEGIN + 9, 4 * HOUR);
    series.put(DEPLOY, BEGIN + 5, BEGIN + 6, 1);

    assertThat(simulation().run(series)).extracting(Notice::topic).containsOnly(DETAILS);
  }

  /**
   * A reader that falls behind for hours.
   *
   * @param retentionHours of its stream
   */
  private record LongCase(String alarm, String metric, int retentionHours) {}

  private static Stream<LongCase> retention() {
    String lambda = "AWS/Lambda IteratorAge FunctionName=";
    return Stream.of(
        new LongCase("ConsumerRetention", "Sluice/Consumer MillisBehindLatestMax.value", 24),
        new LongCase("FanOutAlertsRetention", lambda + "fanoutalertsfunction", 24),
        new LongCase("FanOutEnrichRetention", lambda + "fanoutenrichfunction", 24),
        new LongCase("FanOutMetricsRetention", lambda + "fanoutmetricsfunction", 24),
        new LongCase("TweetsRetention", lambda + "tweetsfunction", 24),
        new LongCase("WindowsRetention", lambda + "windowsfunction", 24));
  }

  @ParameterizedTest
  @MethodSource("retention")
  void dataThatAreAboutToExpirePageAtHalfOfTheRetention(LongCase one) {
    int minutes = 14 * HOUR;
    Series series = quiet(minutes);
    IntStream.range(HOUR, minutes)
        .forEach(
            minute -> series.put(one.metric(), minute, minute + 1, (minute - HOUR) * 60_000.0));
    Simulation simulation = simulation();
    List<Notice> notices = simulation.run(series);

    int half = HOUR + one.retentionHours() * HOUR / 2;
    assertThat(notices)
        .filteredOn(notice -> notice.alarm().equals(named(one.alarm())))
        .containsExactly(new Notice(half + 3, named(one.alarm()), AlarmState.ALARM, DETAILS));
    var others = new TreeSet<>(simulation.rang());
    others.remove(named(one.alarm()));
    others.remove(named("Page"));
    assertThat(others).as("the alarm on the lag itself, before").hasSize(1);
    assertThat(others.first()).matches("watch-.*(Lag|IteratorAge)");
  }

  @Test
  void theRetentionIsThatOfTheParameter() {
    var values = new java.util.HashMap<>(CommittedTemplate.everything());
    values.put("StreamRetentionHours", "168");
    var simulation = new Simulation(Deployment.of(TEMPLATE, values), Simulation.EXTRA_POINTS);
    Series series = quiet(4 * HOUR);
    series.put("Sluice/Consumer MillisBehindLatestMax.value", BEGIN, 3 * HOUR, 20 * 3_600_000.0);
    simulation.run(series);

    assertThat(simulation.rang()).doesNotContain(named("ConsumerRetention"));
  }

  @Test
  void theTimeOutIsThatOfTheParameters() {
    var values = new java.util.HashMap<>(CommittedTemplate.everything());
    values.put("FilesTimeout", "300");
    values.put("TimeoutBufferSeconds", "30");
    var rang = new ArrayList<Set<String>>();
    for (double duration : new double[] {270_000, 270_001}) {
      var simulation = new Simulation(Deployment.of(TEMPLATE, values), Simulation.EXTRA_POINTS);
      Series series = quiet(4 * HOUR);
      series.put("AWS/Lambda Duration FunctionName=filesfunction", BEGIN, 3 * HOUR, duration);
      simulation.run(series);
      rang.add(simulation.rang());
    }

    assertThat(rang).containsExactly(Set.of(), Set.of(named("FilesTimeLeft")));
  }

  /** The simulator is no rubber stamp: a template that was spoilt fails the same cases. */
  @Test
  void aSpoiltTemplateIsNoticed() {
    ObjectNode spoilt = CommittedTemplate.read();
    var silent = (ObjectNode) spoilt.at("/Resources/ConsumerSilent/Properties");
    silent.put("TreatMissingData", "notBreaching");
    ((ObjectNode) silent.at("/Metrics/0")).put("Expression", "batches");
    var deaf =
        new Simulation(
            Deployment.of(spoilt, CommittedTemplate.everything()), Simulation.EXTRA_POINTS);

    assertThat(deaf.run(deadConsumer(BEGIN, BEGIN + HOUR, 4 * HOUR))).isEmpty();

    ObjectNode nervous = CommittedTemplate.read();
    ((ObjectNode) nervous.at("/Resources/FilesErrorRate/Properties")).put("Threshold", 0.5);
    AlarmCase errors =
        cases().stream()
            .filter(one -> one.alarm().equals("FilesErrorRate"))
            .findFirst()
            .orElseThrow();
    assertThat(
            new Simulation(
                    Deployment.of(nervous, CommittedTemplate.everything()), Simulation.EXTRA_POINTS)
                .run(change(quiet(4 * HOUR), errors, errors.fair(), BEGIN, 3 * HOUR)))
        .isNotEmpty();

    ObjectNode loud = CommittedTemplate.read();
    ((ObjectNode) loud.at("/Resources/Page/Properties"))
        .put("ActionsSuppressor", named("FilesThrottles"));
    Series deploying = deadConsumer(BEGIN, BEGIN + 8, 4 * HOUR);
    deploying.put(DEPLOY, BEGIN, BEGIN + 1, 1);
    assertThat(
            new Simulation(
                    Deployment.of(loud, CommittedTemplate.everything()), Simulation.EXTRA_POINTS)
                .run(deploying))
        .extracting(Notice::topic)
        .contains(PEOPLE);
  }
}
