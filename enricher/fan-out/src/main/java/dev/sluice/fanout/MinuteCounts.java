package dev.sluice.fanout;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What one shard has counted in one minute of event time. Counts of several shards, or of the two
 * parts of a minute that a stop has cut, are to be added.
 *
 * @param requests lines of this minute
 * @param byValue for each dimension its values with their lines, {@link #OTHER} and {@link
 *     #UNKNOWN} among them; their sum is {@code requests}
 * @param late lines that came too late for their own minute, and in no other count
 * @param ahead lines that claim to be from later than their arrival, and in no other count
 */
public record MinuteCounts(
    Instant start,
    long requests,
    Map<Dimension, Map<String, Long>> byValue,
    long late,
    long ahead) {
  /** All values that are not named. */
  public static final String OTHER = "other";

  /** Lines that have no value. */
  public static final String UNKNOWN = "unknown";

  /** What lines are told apart by. */
  public enum Dimension {
    STATUS_CLASS,
    COUNTRY,
    PAGE,
    DEVICE
  }

  public MinuteCounts {
    var copy = new EnumMap<Dimension, Map<String, Long>>(Dimension.class);
    copy.putAll(byValue);
    byValue = Collections.unmodifiableMap(copy);
  }
}
