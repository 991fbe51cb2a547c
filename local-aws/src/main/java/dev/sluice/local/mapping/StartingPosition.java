package dev.sluice.local.mapping;

import java.time.Instant;
import java.util.Optional;

/**
 * Where a mapping begins in the shards that it finds first; later ones are read from their start.
 *
 * @param timestamp empty unless the type is AT_TIMESTAMP
 */
public record StartingPosition(Type type, Optional<Instant> timestamp) {

  /** In the words of CreateEventSourceMapping. */
  public enum Type {
    TRIM_HORIZON,
    LATEST,
    /** Kinesis alone has it. */
    AT_TIMESTAMP
  }

  public static final StartingPosition TRIM_HORIZON =
      new StartingPosition(Type.TRIM_HORIZON, Optional.empty());

  /** What comes after the mapping was made. */
  public static final StartingPosition LATEST = new StartingPosition(Type.LATEST, Optional.empty());

  public StartingPosition {
    if (timestamp.isPresent() != (type == Type.AT_TIMESTAMP)) {
      throw new IllegalArgumentException("a timestamp goes with AT_TIMESTAMP, and only with that");
    }
  }

  public static StartingPosition atTimestamp(Instant timestamp) {
    return new StartingPosition(Type.AT_TIMESTAMP, Optional.of(timestamp));
  }
}
