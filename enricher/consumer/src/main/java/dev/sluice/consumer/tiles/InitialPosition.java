package dev.sluice.consumer.tiles;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Where shards without a checkpoint start.
 *
 * @param timestamp for AT_TIMESTAMP the wanted moment, for LATEST the moment of the application's
 *     first start, and nothing for TRIM_HORIZON
 */
public record InitialPosition(Kind kind, Optional<Instant> timestamp) {
  /** The three words of Kinesis. */
  public enum Kind {
    TRIM_HORIZON,
    LATEST,
    AT_TIMESTAMP
  }

  public InitialPosition {
    Objects.requireNonNull(kind, "kind");
    if (timestamp.isPresent() == (kind == Kind.TRIM_HORIZON)) {
      throw new IllegalArgumentException(kind + " with timestamp " + timestamp);
    }
  }

  public static InitialPosition trimHorizon() {
    return new InitialPosition(Kind.TRIM_HORIZON, Optional.empty());
  }

  public static InitialPosition latestAsOf(Instant firstStart) {
    return new InitialPosition(Kind.LATEST, Optional.of(firstStart));
  }

  public static InitialPosition atTimestamp(Instant timestamp) {
    return new InitialPosition(Kind.AT_TIMESTAMP, Optional.of(timestamp));
  }
}
