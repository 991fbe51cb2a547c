package dev.sluice.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Lines counted by minute and by class of status, from the JSON of stage 1. */
final class MinuteTruth {

  private static final long MINUTE_MILLIS = 60_000;
  private static final String FAILED = "5xx";

  /** What a minute has. */
  record Minute(Instant start, long requests, long errors) {}

  private final SortedMap<Long, SortedMap<String, Long>> classes = new TreeMap<>();

  MinuteTruth(LinesById lines) {
    for (JsonNode line : lines.lines()) {
      classes
          .computeIfAbsent(line.path("epoch_millis").asLong() / MINUTE_MILLIS, m -> new TreeMap<>())
          .merge(line.path("status_class").asText("unknown"), 1L, Long::sum);
    }
  }

  /** Requests of the whole log by class of status, such as {@code 2xx}. */
  SortedMap<String, Long> byClass() {
    var sums = new TreeMap<String, Long>();
    classes.values().forEach(each -> each.forEach((name, n) -> sums.merge(name, n, Long::sum)));
    return sums;
  }

  /** Minutes of which the rule of the demo holds, in their order. */
  List<Minute> failing() {
    return classes.entrySet().stream()
        .map(
            each ->
                new Minute(
                    Instant.ofEpochMilli(each.getKey() * MINUTE_MILLIS),
                    each.getValue().values().stream().mapToLong(n -> n).sum(),
                    each.getValue().getOrDefault(FAILED, 0L)))
        .filter(minute -> minute.requests() >= PipelineSettings.MIN_REQUESTS)
        .filter(minute -> minute.errors() > PipelineSettings.ERROR_SHARE * minute.requests())
        .collect(Collectors.toList());
  }
}
