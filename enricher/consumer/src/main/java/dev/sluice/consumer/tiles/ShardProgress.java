package dev.sluice.consumer.tiles;

import java.util.Optional;

/**
 * How far one run of a shard has come: what it has accepted, what was delivered to it, and up to
 * where everything is committed, by itself or by others. Not thread-safe.
 */
final class ShardProgress {
  // Each of these is null until there is one.
  private Position lastAccepted; // records up to here are ignored
  private Position lastDelivered; // KCL refuses a checkpoint beyond
  private Position committedEnd; // end of a tile, delivered
  private Position adoptedEnd; // end of another run's tile, above all that was delivered

  ShardProgress(ContinuesFrom start) {
    if (start instanceof Position position) {
      lastAccepted = position;
      lastDelivered = position;
      committedEnd = position;
    }
  }

  /** A record came; false if it is not above the last accepted one, and is to be ignored. */
  boolean accept(Position position) {
    if (position.isAbove(lastDelivered)) {
      lastDelivered = position;
    }
    if (!position.isAbove(lastAccepted)) {
      return false;
    }
    lastAccepted = position;
    return true;
  }

  /** A tile of ours that ends here is committed; its records were all delivered. */
  void committed(Position end) {
    committedEnd = end;
  }

  /** Another run's tile that ends here is taken for ours. Its end may be delivered later. */
  void adopted(Position end) {
    deliverAdoptedEnd();
    if (end.isAbove(lastAccepted)) {
      lastAccepted = end;
    }
    if (isDelivered(end)) {
      committedEnd = end;
    } else {
      adoptedEnd = end;
    }
  }

  /** End of the last tile that is committed and delivered: the only place for a checkpoint. */
  Optional<Position> checkpointable() {
    deliverAdoptedEnd();
    return Optional.ofNullable(committedEnd);
  }

  private void deliverAdoptedEnd() {
    if (adoptedEnd != null && isDelivered(adoptedEnd)) {
      if (adoptedEnd.isAbove(committedEnd)) {
        committedEnd = adoptedEnd;
      }
      adoptedEnd = null;
    }
  }

  boolean isDelivered(Position position) {
    return !position.isAbove(lastDelivered);
  }
}
