package dev.sluice.dashboards.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** All alarms of a deployment, run over series, minute by minute. */
public final class Simulation {
  /** Points beyond the evaluation periods in AWS's examples of the evaluation range. */
  public static final int EXTRA_POINTS = 2;

  private final Map<String, MetricAlarm> alarms = new LinkedHashMap<>();
  private final Map<String, CompositeAlarm> composites = new LinkedHashMap<>();
  private final Map<String, JsonNode> properties = new LinkedHashMap<>();
  private final List<Notice> notices = new ArrayList<>();

  /**
   * A message into a topic.
   *
   * @param minute minutes that were over
   */
  public record Notice(int minute, String alarm, AlarmState state, String topic) {}

  public Simulation(Deployment deployment, int extraPoints) {

    deployment
        .resources("AWS::CloudWatch::Alarm")
        .values()
        .forEach(alarm -> alarms.put(name(alarm), new MetricAlarm(alarm, extraPoints)));
    deployment
        .resources("AWS::CloudWatch::CompositeAlarm")
        .values()
        .forEach(alarm -> composites.put(name(alarm), new CompositeAlarm(alarm)));
  }

  private String name(JsonNode alarm) {
    String name = alarm.path("AlarmName").asText();
    properties.put(name, alarm);
    return name;
  }

  /** Metrics of all alarms. */
  public Set<String> metrics() {
    var keys = new TreeSet<String>();
    alarms.values().forEach(alarm -> keys.addAll(alarm.keys()));
    return keys;
  }

  /** Metrics of one alarm, by the id of its expression or its only one. */
  public List<String> metrics(String alarm) {
    return alarms.get(alarm).keys();
  }

  /** Runs to the end of the series; everything that was told, in order. */
  public List<Notice> run(Series series) {
    for (int now = 1; now <= series.minutes(); now++) {
      for (Map.Entry<String, MetricAlarm> alarm : alarms.entrySet()) {
        AlarmState before = alarm.getValue().state();
        AlarmState after = alarm.getValue().evaluate(series, now);
        if (after != before
            && !(before == AlarmState.INSUFFICIENT_DATA && after == AlarmState.OK)) {
          tell(now, alarm.getKey(), after);
        }
      }
      for (Map.Entry<String, CompositeAlarm> composite : composites.entrySet()) {
        if (composite.getValue().acts(this::state, now)) {
          tell(now, composite.getKey(), composite.getValue().state());
        }
      }
    }
    return notices;
  }

  private AlarmState state(String alarm) {
    MetricAlarm known = alarms.get(alarm);
    if (known == null) {
      throw new RefusedException("there is no alarm " + alarm);
    }
    return known.state();
  }

  private void tell(int minute, String alarm, AlarmState state) {
    String which = state == AlarmState.ALARM ? "AlarmActions" : "OKActions";
    for (JsonNode topic : properties.get(alarm).path(which)) {
      notices.add(new Notice(minute, alarm, state, topic.asText()));
    }
  }

  /** Names of the alarms that rang, in the order in which they began. */
  public Set<String> rang() {
    var names = new LinkedHashSet<String>();
    notices.stream()
        .filter(notice -> notice.state() == AlarmState.ALARM)
        .forEach(notice -> names.add(notice.alarm()));
    return names;
  }
}
