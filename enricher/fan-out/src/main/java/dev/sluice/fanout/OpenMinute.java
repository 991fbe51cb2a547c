package dev.sluice.fanout;

import dev.sluice.fanout.MinuteCounts.Dimension;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/** One minute that lines still come for. Not thread-safe. */
final class OpenMinute {
  private static final int ALL_CLASSES = 10;

  private final Map<Dimension, TopValues> values = new EnumMap<>(Dimension.class);
  private long requests;
  private long late;

  OpenMinute() {
    for (Dimension dimension : Dimension.values()) {
      values.put(dimension, new TopValues());
    }
  }

  void count(LineFacts line) {
    requests++;
    values
        .get(Dimension.STATUS_CLASS)
        .count(line.statusClass() == 0 ? null : line.statusClass() + "xx");
    values.get(Dimension.COUNTRY).count(line.country());
    values.get(Dimension.PAGE).count(line.page());
    values.get(Dimension.DEVICE).count(line.device());
  }

  void countLate() {
    late++;
  }

  MinuteCounts counts(long startSeconds, int top, long ahead) {
    var byValue = new EnumMap<Dimension, Map<String, Long>>(Dimension.class);
    values.forEach(
        (dimension, counted) ->
            byValue.put(
                dimension, counted.top(dimension == Dimension.STATUS_CLASS ? ALL_CLASSES : top)));
    return new MinuteCounts(Instant.ofEpochSecond(startSeconds), requests, byValue, late, ahead);
  }
}
