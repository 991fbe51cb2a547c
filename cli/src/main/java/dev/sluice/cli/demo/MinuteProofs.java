package dev.sluice.cli.demo;

import dev.sluice.local.recording.MetricValue;
import dev.sluice.local.recording.SnsMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Holds alerts and metrics against the minutes of the log.
 *
 * @param truth what the minutes have
 */
record MinuteProofs(MinuteTruth truth) {

  /** Messages: one that tells of the failing minutes, one that they are over. */
  Proof alerts(List<SnsMessage> messages) {
    List<MinuteTruth.Minute> failing = truth.failing();
    var found = new ArrayList<String>();
    if (failing.isEmpty()) {
      found.add("the log has no minute that fails");
      return Proof.of(found, "alerts");
    }
    MinuteTruth.Minute first = failing.get(0);
    Instant calm =
        failing
            .get(failing.size() - 1)
            .start()
            .plus(Duration.ofMinutes(PipelineSettings.CLEAR_WINDOWS));
    List<String> told = messages.stream().map(m -> m.attributes().get("alert_id")).toList();
    List<String> due = List.of(id("RAISED", first.start()), id("CLEARED", calm));
    if (!told.equals(due)) {
      found.add("told were " + told + ", due " + due);
    }
    String figures = first.requests() + " requests, " + first.errors() + " errors";
    if (!messages.isEmpty() && !messages.get(0).message().contains(figures)) {
      found.add("the first message does not say " + figures);
    }
    return Proof.of(
        found,
        "alerts: %s; the minute from %s had %s, the burst lasted %d minutes",
        String.join(", then ", messages.stream().map(SnsMessage::subject).toList()),
        first.start(),
        figures,
        failing.size());
  }

  private static String id(String kind, Instant window) {
    return PipelineSettings.RULE + '-' + kind + '-' + window.getEpochSecond();
  }

  /** Counts in CloudWatch, by class of status. */
  Proof metrics(List<MetricValue> values) {
    SortedMap<String, Long> due = truth.byClass();
    var counted = new TreeMap<String, Long>();
    long all = 0;
    long outOfTime = 0;
    for (MetricValue value : values) {
      Map<String, String> dimensions = value.dimensions();
      if (!value.namespace().equals(PipelineSettings.NAMESPACE)) {
        continue;
      }
      if (!value.name().equals("Requests")) {
        outOfTime += (long) value.sum();
      } else if (dimensions.containsKey("StatusClass")) {
        counted.merge(dimensions.get("StatusClass"), (long) value.sum(), Long::sum);
      } else if (dimensions.size() == 1) {
        all += (long) value.sum();
      }
    }
    long lines = due.values().stream().mapToLong(n -> n).sum();
    var found = new ArrayList<String>();
    if (!counted.equals(due)) {
      found.add("CloudWatch has " + counted + ", the log " + due);
    }
    if (all != lines) {
      found.add("CloudWatch has " + all + " requests, the log " + lines);
    }
    if (outOfTime > 0) {
      found.add(outOfTime + " lines came out of time");
    }
    return Proof.of(found, "metrics: %,d requests in CloudWatch = %s", all, sumText(counted));
  }

  private static String sumText(SortedMap<String, Long> counts) {
    var parts = new ArrayList<String>();
    counts.forEach((name, n) -> parts.add(String.format(Locale.ROOT, "%,d %s", n, name)));
    return String.join(" + ", parts);
  }
}
